namespace Loop.Sdk.Rooms;

/// <summary>A participation that has begun.</summary>
public sealed record JoinedRoom
{
    /// <summary>The caller's participation, whose id is new each time.</summary>
    public required ParticipantInfo Participant { get; init; }

    /// <summary>The room as the caller may see it now, with everybody in it.</summary>
    public required RoomInfo Room { get; init; }

    /// <summary>How long the participation lasts without being prolonged.</summary>
    public required RoomLease Lease { get; init; }

    /// <summary>A guest's credential; null for an account. A secret: it makes its bearer this guest, in this room and in no other.</summary>
    public GuestPass? Guest { get; init; }
}
