namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>What progress was told, at once and in order.</summary>
internal sealed class Told : IProgress<long>
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    public Task First => _first.Task;

    public long Last => Volatile.Read(ref _last);

    public void Report(long value)
    {
        Volatile.Write(ref _last, value);
        _first.TrySetResult();
    }
}
