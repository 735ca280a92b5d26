namespace Loop.Sdk.Rooms;

/// <summary>New content of an entry.</summary>
public sealed record EditEntry
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The entry's sequence.</summary>
    public required long Sequence { get; init; }

    /// <summary>The new version, under which the envelope was sealed: the entry's version plus one.</summary>
    public required long Version { get; init; }

    /// <summary>The envelope: at most 64 KiB, unless the server says otherwise.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }
}
