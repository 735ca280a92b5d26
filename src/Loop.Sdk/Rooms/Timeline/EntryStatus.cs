namespace Loop.Sdk.Rooms;

/// <summary>What became of an entry.</summary>
public enum EntryStatus
{
    /// <summary>It was read, and is its author's.</summary>
    Readable,

    /// <summary>It was deleted, as the server says: its place stays.</summary>
    Deleted,

    /// <summary>It could not be read, or is not to be believed: <see cref="TimelineEntry.Code"/> says why.</summary>
    Unreadable,
}
