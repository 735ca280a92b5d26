namespace Loop.Sdk.Server.Storage;

/// <summary>Keeps push in memory only: for tests, and for hosts whose messages need not outlive them.</summary>
public sealed class MemoryPushStorage : IPushStorage
{
    private readonly MemoryPushState _state = new();

    /// <summary>Makes an empty store.</summary>
    public MemoryPushStorage()
    {
        Agents = new MemoryPushAgentStore(_state);
        Messages = new MemoryPushMessageStore(_state);
        Receipts = new MemoryPushReceiptStore(_state);
        Sender = new MemoryPushSenderStore(_state);
    }

    /// <inheritdoc/>
    public IPushAgentStore Agents { get; }

    /// <inheritdoc/>
    public IPushMessageStore Messages { get; }

    /// <inheritdoc/>
    public IPushReceiptStore Receipts { get; }

    /// <inheritdoc/>
    public IPushSenderStore Sender { get; }

    /// <inheritdoc/>
    public Task<PushSweepResult> SweepAsync(PushSweep sweep, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(sweep);
        return _state.Run(() => MemoryPushSweep.Run(_state, sweep));
    }
}
