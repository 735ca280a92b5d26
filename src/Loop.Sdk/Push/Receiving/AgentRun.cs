namespace Loop.Sdk.Push;

/// <summary>One time of being attached to the server, over any number of sessions, until an error ends it.</summary>
internal sealed class AgentRun
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<LoopException> _over = NewSource<LoopException>();
    private TaskCompletionSource _next = NewSource();
    private int _greetings;

    /// <summary>The work itself, which never fails.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    public bool IsOver => _over.Task.IsCompleted;

    /// <summary>Gives the error that ended it.</summary>
    public Task<LoopException> Over => _over.Task;

    /// <summary>A session is the agent's now.</summary>
    public void Attached()
    {
        lock (_lock)
        {
            _greetings++;
            _next.TrySetResult();
            _next = NewSource();
        }
    }

    public void End(LoopException error)
    {
        _over.TrySetResult(error);
        lock (_lock)
        {
            _next.TrySetResult();
        }
    }

    /// <summary>Waits until there is a session.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="LoopException">What ended it.</exception>
    public async Task<int> WhenAttachedAsync(CancellationToken cancellationToken)
    {
        await WhenAttachedAfterAsync(0).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (IsOver)
        {
            throw await Over.ConfigureAwait(false);
        }

        return Volatile.Read(ref _greetings);
    }

    /// <summary>Ends when there is a session after so many, or the end.</summary>
    public Task WhenAttachedAfterAsync(int greetings)
    {
        lock (_lock)
        {
            return _greetings > greetings || IsOver ? Task.CompletedTask : _next.Task;
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
