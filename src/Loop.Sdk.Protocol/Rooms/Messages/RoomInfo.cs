namespace Loop.Sdk.Rooms;

/// <summary>A room, as far as its reader may see it.</summary>
public sealed record RoomInfo
{
    /// <summary>The token.</summary>
    public required string Token { get; init; }

    /// <summary>Which of the following is shown: up to <see cref="Version"/> to everybody, to <see cref="Participants"/> to those who are in the room, all to the owner.</summary>
    public required RoomAccess Access { get; init; }

    /// <summary>The sealed context, if there is one.</summary>
    public SealedContext? Context { get; init; }

    /// <summary>The name in clear, of rooms without a context.</summary>
    public string? RoomName { get; init; }

    /// <summary>The owner's name in clear, if one was given.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The key's epoch; 0 if the room's keys have none.</summary>
    public required int Epoch { get; init; }

    /// <summary>Whether only those who are in the room, and the owner, may join.</summary>
    public required bool Locked { get; init; }

    /// <summary>1 at first, and one more with each update, rotation and transfer; that somebody comes or goes does not count.</summary>
    public required long Version { get; init; }

    /// <summary>How many may be in the room.</summary>
    public int? MaxSize { get; init; }

    /// <summary>How many can be in it now: the least of <see cref="MaxSize"/> and what the clients of those who are in it can do.</summary>
    public int? ClientMaxSize { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, or somebody last came or went.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Who is in it, in the order of their joining.</summary>
    public IReadOnlyList<ParticipantInfo>? Participants { get; init; }

    /// <summary>The room's key as the owner wrapped it.</summary>
    public string? WrappedKey { get; init; }
}
