namespace Loop.Sdk.Rooms;

/// <summary>An entry of a timeline. Author, key and version are what its envelope is bound to.</summary>
public sealed record SealedEntry
{
    /// <summary>Its place: 1, 2, 3, without gaps, for ever.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id: 26 characters that sort by time, and within a room by sequence.</summary>
    public required string Id { get; init; }

    /// <summary>The author's member id.</summary>
    public required string Author { get; init; }

    /// <summary>The author's own name for it, and the item of its envelope.</summary>
    public required string Key { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>The envelope; empty if the entry was deleted.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }

    /// <summary>The sequence of the entry that it answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>When it was added, by the server's clock; never before the entry in front of it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited, or deleted.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>1 when added, and one more with each edit and the deletion.</summary>
    public required long Version { get; init; }

    /// <summary>Whether it was deleted.</summary>
    public bool Deleted { get; init; }
}
