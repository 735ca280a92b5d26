namespace Loop.Sdk.Server.Storage;

/// <summary>A new key of a room, and everything that goes with it.</summary>
public sealed record RoomRotation
{
    /// <summary>The version that the room must have; null if any will do, since the epoch must follow in any case.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The new epoch: the room's epoch plus one.</summary>
    public required int Epoch { get; init; }

    /// <summary>The new key as the owner wrapped it.</summary>
    public required string WrappedKey { get; init; }

    /// <summary>The context, sealed with the new key. Its version must be higher than before.</summary>
    public required SealedContext Context { get; init; }

    /// <summary>The new key, sealed to each member who stays; up to 1000, one for a member.</summary>
    public IReadOnlyList<RotationNotice> Notices { get; init; } = [];

    /// <summary>The accounts and guests who are removed, with their participations and credentials; up to 1000.</summary>
    public IReadOnlyList<string> RemovedUsers { get; init; } = [];

    /// <summary>Whether those who are removed may not join any more.</summary>
    public bool Bar { get; init; }
}
