namespace Loop.Sdk.Rooms;

/// <summary>What a member says of itself, sealed for the room.</summary>
public sealed record SealedMember
{
    /// <summary>The member's id, a hash of its keys: 43 characters.</summary>
    public required string Member { get; init; }

    /// <summary>The epoch in which it was sealed, which must be the room's.</summary>
    public required int Epoch { get; init; }

    /// <summary>The version under which it was sealed, 1 to 2⁵³ − 1.</summary>
    public required long Version { get; init; }

    /// <summary>The envelope, at most 8192 bytes.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }
}
