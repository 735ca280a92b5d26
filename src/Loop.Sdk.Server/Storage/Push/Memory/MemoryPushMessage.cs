namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryPushMessage(MemoryPushAgent agent, MemoryPushSubscription? subscription, PushMessageRecord record, string? receipts, long? version)
{
    public static IComparer<MemoryPushMessage> ByCursor { get; } =
        Comparer<MemoryPushMessage>.Create(static (one, other) => (one.Cursor.IsPlain, one.Cursor.Sequence).CompareTo((other.Cursor.IsPlain, other.Cursor.Sequence)));

    private MemoryPushMessage(PushCursor cursor)
        : this(null!, null, null!, null, null) => Cursor = cursor;

    public MemoryPushAgent Agent { get; } = agent;

    public MemoryPushSubscription? Subscription { get; } = subscription;

    public PushMessageRecord Record { get; } = record;

    public string? Receipts { get; } = receipts;

    public long? Version { get; } = version;

    public PushCursor Cursor { get; private init; } = record?.Cursor ?? default;

    /// <summary>A place to look from.</summary>
    public static MemoryPushMessage At(PushCursor cursor) => new(cursor);
}
