namespace Loop.Sdk.Rooms;

/// <summary>How to join a room.</summary>
public sealed record RoomJoin
{
    /// <summary>The name that others see, at most 100 characters; null for <see cref="RoomsClientOptions.DisplayName"/>. Sealed for the room if the room has a key.</summary>
    public string? DisplayName { get; init; }

    /// <summary>How many this client can be in a room with, itself included: 1 or more. Null (default): any number.</summary>
    public int? MaxSize { get; init; }

    /// <summary>
    /// Whether a guest whose credential has run out, for instance since the device slept, comes back as a new guest when the room is joined again after a lost session: with another
    /// member id, so that earlier entries are somebody else's. True by default. False: the room ends with <c>guest_refused</c> then.
    /// </summary>
    public bool RejoinAsNewGuest { get; init; } = true;
}
