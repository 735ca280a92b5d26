using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Storage;

/// <summary>A message to be kept.</summary>
public sealed record NewPushMessage
{
    /// <summary>Its id, which nobody can guess.</summary>
    public required string Id { get; init; }

    /// <summary>The endpoint that it was posted to; null if it is addressed to an agent.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The agent; null if it was posted to an endpoint.</summary>
    public string? Agent { get; init; }

    /// <summary>The topic, or null.</summary>
    public string? Topic { get; init; }

    /// <summary>A number, if only a higher one replaces the message of the same topic that waits; null for no such rule.</summary>
    public long? Version { get; init; }

    /// <summary>The body as it was posted; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How the body is encrypted, or null.</summary>
    public string? Encoding { get; init; }

    /// <summary>The header of the same name, or null.</summary>
    public string? Encryption { get; init; }

    /// <summary>The header of the same name, or null.</summary>
    public string? CryptoKey { get; init; }

    /// <summary>How urgent it is.</summary>
    public PushUrgency Urgency { get; init; } = PushUrgency.Normal;

    /// <summary>When it was posted.</summary>
    public required long SentAt { get; init; }

    /// <summary>When it expires.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>The receipt subscription that is told of its end, or null. It begins with this message if there is none.</summary>
    public string? Receipts { get; init; }

    /// <summary>Until when the receipt subscription lasts at least.</summary>
    public long ReceiptsExpireAt { get; init; }

    /// <summary>Says nothing of the endpoint.</summary>
    public override string ToString() => $"{nameof(NewPushMessage)} {{ Id = {Id} }}";
}
