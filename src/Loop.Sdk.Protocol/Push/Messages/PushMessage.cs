namespace Loop.Sdk.Push;

/// <summary>A message as it was posted: the server cannot read it.</summary>
public sealed record PushMessage
{
    /// <summary>
    /// The channel of messages that are not encrypted, and come from the server itself: notifications that were not delivered live. Their body is the JSON of a
    /// <see cref="Presence.Notification"/>.
    /// </summary>
    public const string NotificationsChannel = "00000000-0000-0000-0000-000000000000";

    /// <summary>Its id, the same however often it is delivered.</summary>
    public required string Id { get; init; }

    /// <summary>Which subscription it is for.</summary>
    public required string Channel { get; init; }

    /// <summary>The body; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>How the body is encrypted: <c>aes128gcm</c> or <c>aesgcm</c>; null if the sender did not say.</summary>
    public string? Encoding { get; init; }

    /// <summary>The header <c>Encryption</c> that belongs to <c>aesgcm</c>.</summary>
    public string? Encryption { get; init; }

    /// <summary>The header <c>Crypto-Key</c> that belongs to <c>aesgcm</c>.</summary>
    public string? CryptoKey { get; init; }

    /// <summary>The topic, or null. A later message of the same topic replaced those before, if they still waited.</summary>
    public string? Topic { get; init; }

    /// <summary>How urgent the sender says it is.</summary>
    public PushUrgency Urgency { get; init; } = PushUrgency.Normal;

    /// <summary>When it was posted.</summary>
    public required DateTimeOffset SentAt { get; init; }
}
