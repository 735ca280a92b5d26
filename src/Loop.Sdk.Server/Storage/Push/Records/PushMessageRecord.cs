using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Storage;

/// <summary>A message that waits.</summary>
public sealed record PushMessageRecord
{
    /// <summary>Its place among all messages.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What its agent calls the subscription; null if it is addressed to the agent itself.</summary>
    public string? Channel { get; init; }

    /// <summary>The topic, or null.</summary>
    public string? Topic { get; init; }

    /// <summary>The body; empty for none.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How the body is encrypted, or null.</summary>
    public string? Encoding { get; init; }

    /// <summary>The header of the same name, or null.</summary>
    public string? Encryption { get; init; }

    /// <summary>The header of the same name, or null.</summary>
    public string? CryptoKey { get; init; }

    /// <summary>How urgent it is.</summary>
    public required PushUrgency Urgency { get; init; }

    /// <summary>When it was posted.</summary>
    public required long SentAt { get; init; }

    /// <summary>When it expires.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Where reading goes on after it.</summary>
    public PushCursor Cursor => new(IsPlain: Topic is null, Sequence);
}
