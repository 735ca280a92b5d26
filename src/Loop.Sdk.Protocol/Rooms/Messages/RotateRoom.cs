namespace Loop.Sdk.Rooms;

/// <summary>A new key of a room, and everything that goes with it.</summary>
public sealed record RotateRoom
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The version that the room must have, or null if any will do: the epoch must follow in any case.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The new epoch: the room's epoch plus one.</summary>
    public required int Epoch { get; init; }

    /// <summary>The new key as the owner wrapped it. At most 1024 characters.</summary>
    public required string WrappedKey { get; init; }

    /// <summary>The context, sealed with the new key, of a higher version than before.</summary>
    public required SealedContext Context { get; init; }

    /// <summary>The new key, sealed to each member who stays: up to 1000, one for a member.</summary>
    public IReadOnlyList<SealedKey> Notices { get; init; } = [];

    /// <summary>Ids of participations of those who are removed, as by <see cref="IRooms.KickAsync"/>: up to 1000. Ids that nobody has are passed over.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Whether those who are removed may not join any more, as in <see cref="KickParticipant.Bar"/>.</summary>
    public bool Bar { get; init; }
}
