namespace Loop.Sdk.Rooms;

/// <summary>A room's context, which only those with the key can read.</summary>
public sealed record SealedContext
{
    /// <summary>The envelope as text. At most 131 072 characters, unless the server says less.</summary>
    public required string Value { get; init; }

    /// <summary>The envelope's kind: <c>loop.v2</c> or <c>AES-GCM</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The version under which it was sealed, 1 to 2⁵³ − 1. A context only ever gives way to one with a higher version.</summary>
    public required long Version { get; init; }

    /// <summary>The member id of who signed it, or null if it is not signed.</summary>
    public string? Author { get; init; }
}
