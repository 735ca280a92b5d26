namespace Loop.Sdk.Rooms;

/// <summary>An entry for the end of a timeline.</summary>
public sealed record AppendEntry
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The member id of the author, who signed it.</summary>
    public required string Author { get; init; }

    /// <summary>The author's own name for the entry, and the item of its envelope: 1 to 128 characters, best random. The envelope's version is 1.</summary>
    public required string Key { get; init; }

    /// <summary>What it is, in clear: <c>chat</c>, <c>page</c>, or the application's own; 1 to 64 characters.</summary>
    public required string Kind { get; init; }

    /// <summary>The envelope: at most 64 KiB, unless the server says otherwise.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }

    /// <summary>The sequence of the entry that it answers.</summary>
    public long? ReplyTo { get; init; }
}
