namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryPushAgent(PushAgentRecord record)
{
    public PushAgentRecord Record { get; set; } = record;

    public SortedDictionary<string, MemoryPushSubscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    public SortedSet<MemoryPushMessage> Messages { get; } = new(MemoryPushMessage.ByCursor);

    public long Bytes { get; set; }
}
