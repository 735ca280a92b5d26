namespace Loop.Sdk.Server.Storage;

/// <summary>An entry of a timeline.</summary>
public sealed record EntryRecord
{
    /// <summary>The room's token.</summary>
    public required string Room { get; init; }

    /// <summary>Its place: 1, 2, 3, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id, 26 characters that sort by time, and within a room by sequence. See <see cref="EntryId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The offset of its last change.</summary>
    public required long Offset { get; init; }

    /// <summary>The author's member id.</summary>
    public required string Author { get; init; }

    /// <summary>The author's own name for it.</summary>
    public required string Key { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>The envelope; empty if the entry was deleted.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The sequence of the entry that it answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>When it was added, ms since 1970; never before the entry in front of it.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it was last edited, or deleted, ms since 1970.</summary>
    public long? EditedAt { get; init; }

    /// <summary>1 when added, and one more with each edit and the deletion.</summary>
    public required long Version { get; init; }

    /// <summary>Whether it was deleted.</summary>
    public required bool Deleted { get; init; }
}
