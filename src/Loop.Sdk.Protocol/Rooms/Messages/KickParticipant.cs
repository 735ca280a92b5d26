namespace Loop.Sdk.Rooms;

/// <summary>Whom to remove from a room.</summary>
public sealed record KickParticipant
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The id of one of their participations.</summary>
    public required string Participant { get; init; }

    /// <summary>Whether the account, or the guest's credential, may not join any more. A guest who still has the link can come as a new one, unless the room is locked.</summary>
    public bool Bar { get; init; }
}
