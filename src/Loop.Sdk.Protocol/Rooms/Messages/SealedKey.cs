namespace Loop.Sdk.Rooms;

/// <summary>A room's next key, sealed to one member.</summary>
public sealed record SealedKey
{
    /// <summary>To whom: a member id.</summary>
    public required string Member { get; init; }

    /// <summary>By whom: the member id of the owner, who signed it.</summary>
    public required string Author { get; init; }

    /// <summary>The envelope, at most 1024 bytes.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }
}
