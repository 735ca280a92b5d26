namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryReceipts
{
    public long ExpiresAt { get; set; }

    public Queue<PushReceiptRecord> Waiting { get; } = new();
}
