namespace Loop.Sdk.WebRtc;

/// <summary>Somebody in the mesh, as of the moment.</summary>
public sealed record MeshPeer
{
    /// <summary>The peer's id: stays the same while their mesh runs, also when they have to join the room again. 22 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The peer's participation in the room, as last heard of.</summary>
    public required string ParticipantId { get; init; }

    /// <summary>The peer's member id, of which everything that the peer says is certain.</summary>
    public required string Member { get; init; }

    /// <summary>The name as announced, cleaned as <see cref="Rooms.Participant.DisplayName"/> is; empty if none is known.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Where the peer stands.</summary>
    public required MeshPeerState State { get; init; }

    /// <summary>Which way what is said to the peer takes.</summary>
    public required MeshPath Path { get; init; }
}
