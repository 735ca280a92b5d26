namespace Loop.Sdk.Rooms;

/// <summary>Somebody who is in a room. Accounts are not shown: who somebody is, their member id and its announcement say.</summary>
public sealed record ParticipantInfo
{
    /// <summary>The participation's id, new for each joining.</summary>
    public required string Id { get; init; }

    /// <summary>The name in clear; empty if none was given.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The id of the member who joined, whose announcement has the keys and the sealed name; null if none was announced.</summary>
    public string? Member { get; init; }

    /// <summary>Whether it is the room's owner.</summary>
    public required bool IsOwner { get; init; }

    /// <summary>Whether it is a guest, without an account.</summary>
    public required bool IsGuest { get; init; }

    /// <summary>When they joined.</summary>
    public required DateTimeOffset JoinedAt { get; init; }
}
