namespace Loop.Sdk.Server.Push;

/// <summary>A request that waits for receipts.</summary>
internal sealed class ReceiptReader
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a newer request reads the same receipts.</summary>
    public bool IsReplaced { get; private set; }

    /// <summary>Ends with the next change. Ask for it before looking.</summary>
    public Task Change
    {
        get
        {
            lock (_lock)
            {
                return _change.Task;
            }
        }
    }

    public void Signal()
    {
        lock (_lock)
        {
            _change.TrySetResult();
            _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Replace()
    {
        IsReplaced = true;
        Signal();
    }
}
