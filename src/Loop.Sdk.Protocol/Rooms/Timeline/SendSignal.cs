namespace Loop.Sdk.Rooms;

/// <summary>Something that passes. The author is the member who joined.</summary>
public sealed record SendSignal
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>What it is, in clear, and the item of its envelope: <c>typing</c>, <c>read</c>, or the application's own; 1 to 64 characters.</summary>
    public required string Kind { get; init; }

    /// <summary>The version under which it was sealed: higher each time.</summary>
    public required long Version { get; init; }

    /// <summary>The envelope: at most 4 KiB, unless the server says otherwise.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }
}
