namespace Loop.Sdk.Rooms;

/// <summary>Somebody who is in a room.</summary>
public sealed record Participant
{
    /// <summary>The participation's id, new for each joining. What <see cref="Room.KickAsync"/> and <see cref="Room.TransferAsync"/> take.</summary>
    public required string Id { get; init; }

    /// <summary>The member's id, which is a hash of their keys; null if they announced none. Two who show the same name differ in it.</summary>
    public string? Member { get; init; }

    /// <summary>
    /// The name to show, empty if there is none. It is what its bearer says; nobody vouches for it. Characters that could make it look like something else, or change what
    /// stands around it, were taken out: <see cref="IsNameAltered"/>.
    /// </summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether the name had characters that are not shown.</summary>
    public bool IsNameAltered { get; init; }

    /// <summary>Whether the name was sealed for the room and signed with the keys that <see cref="Member"/> stands for. False: it comes from the server, or is missing.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Whether it is this client's own participation.</summary>
    public bool IsMe { get; init; }

    /// <summary>Whether it is the room's owner, as the server says.</summary>
    public required bool IsOwner { get; init; }

    /// <summary>Whether it is a guest, without an account.</summary>
    public required bool IsGuest { get; init; }

    /// <summary>When they joined, by the server's clock.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    internal static Participant Of(ParticipantInfo info, KnownMember? member, bool isMe, bool isSealed)
    {
        // In a room with sealed names one in clear is the server's invention.
        var name = member?.Name ?? (isSealed ? ShownName.Empty : ShownName.Clean(info.DisplayName));
        return new Participant
        {
            Id = info.Id,
            Member = info.Member,
            DisplayName = name.Text,
            IsNameAltered = name.IsAltered,
            IsVerified = member is not null,
            IsMe = isMe,
            IsOwner = info.IsOwner,
            IsGuest = info.IsGuest,
            JoinedAt = info.JoinedAt,
        };
    }

    internal static Participant Unverified(ParticipantInfo info, bool isSealed) => Of(info, null, isMe: false, isSealed);
}
