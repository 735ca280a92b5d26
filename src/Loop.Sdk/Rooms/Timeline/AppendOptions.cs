namespace Loop.Sdk.Rooms;

/// <summary>How to add an entry.</summary>
public sealed record AppendOptions
{
    /// <summary>The entry that it answers, or null.</summary>
    public TimelineEntry? ReplyTo { get; init; }

    /// <summary>
    /// The author's own name for the entry: 1 to 128 visible characters of ASCII, used once. Null (default) for a random one. With a key of its own, an application can add an entry again
    /// after it was restarted and does not know whether it did: it is there once.
    /// </summary>
    public string? Key { get; init; }
}
