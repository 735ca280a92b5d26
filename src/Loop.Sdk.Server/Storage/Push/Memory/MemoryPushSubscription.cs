namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryPushSubscription(MemoryPushAgent agent, PushSubscriptionRecord record)
{
    public MemoryPushAgent Agent { get; } = agent;

    public PushSubscriptionRecord Record { get; set; } = record;

    public Dictionary<string, MemoryPushMessage> Topics { get; } = new(StringComparer.Ordinal);

    public int Messages { get; set; }

    public long Bytes { get; set; }
}
