namespace Loop.Sdk.Rooms;

/// <summary>A key that a rotation left for a member.</summary>
public sealed record KeyNotice
{
    /// <summary>The epoch that the key is of.</summary>
    public required int Epoch { get; init; }

    /// <summary>By whom: a member id.</summary>
    public required string Author { get; init; }

    /// <summary>The envelope.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }
}
