namespace Loop.Sdk.Rooms;

/// <summary>What became of an entry.</summary>
public sealed record EntryReceipt
{
    /// <summary>Its place: 1, 2, 3, without gaps, for ever.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id: 26 characters that sort by time, and within a room by sequence.</summary>
    public required string Id { get; init; }

    /// <summary>Its version now.</summary>
    public required long Version { get; init; }

    /// <summary>When it was added, by the server's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it had been done before, and nothing was changed.</summary>
    public bool AlreadyDone { get; init; }
}
