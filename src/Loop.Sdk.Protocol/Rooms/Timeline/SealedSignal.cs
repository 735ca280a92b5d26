namespace Loop.Sdk.Rooms;

/// <summary>Something that passes. Author, kind and version are what its envelope is bound to.</summary>
public sealed record SealedSignal
{
    /// <summary>The author's member id.</summary>
    public required string Author { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>The version under which it was sealed.</summary>
    public required long Version { get; init; }

    /// <summary>The envelope.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }
}
