namespace Loop.Sdk.Rooms;

/// <summary>Somebody who wants to join a room.</summary>
public sealed record JoinRoom
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>
    /// The name in clear, for rooms that do not seal names; those that do have it in <see cref="Announcement"/>. At most 100 characters, unless the server says less,
    /// without control characters and without what changes the direction of text around it.
    /// </summary>
    public string? DisplayName { get; init; }

    /// <summary>How many the client can be in a room with, itself included: 1 or more. Null: any number.</summary>
    public int? ClientMaxSize { get; init; }

    /// <summary>
    /// What stays the same while this client runs: 1 to 64 characters, best random. A participation of the same person and device is replaced, so that who joins again after a
    /// lost session is not there twice. Null: the session's id.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>The credential of an earlier <see cref="JoinedRoom.Guest"/>, to be the same guest again; null to be a new one, or the account of the session.</summary>
    public string? GuestCredential { get; init; }

    /// <summary>
    /// The sealed announcement of the member who joins, of the room's epoch; <see cref="ParticipantInfo.Member"/> is its id then. It may be the one that is there already. Who has
    /// no key of the room's epoch yet joins without one, gets the key by <see cref="IRooms.NoticesAsync"/>, and then calls <see cref="IRooms.AnnounceAsync"/>.
    /// </summary>
    public SealedMember? Announcement { get; init; }
}
