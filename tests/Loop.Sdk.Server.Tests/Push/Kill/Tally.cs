namespace Loop.Sdk.Server.Tests.Push.Kill;

/// <summary>Counts, and tells when there are so many more.</summary>
internal sealed class Tally
{
    private readonly Lock _lock = new();
    private (int Count, TaskCompletionSource Reached) _waiting = (int.MaxValue, new());
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add()
    {
        lock (_lock)
        {
            if (++_count >= _waiting.Count)
            {
                _waiting.Reached.TrySetResult();
            }
        }
    }

    public Task WhenAsync(int more)
    {
        lock (_lock)
        {
            _waiting = (_count + more, new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _waiting.Reached.Task;
        }
    }
}
