namespace Loop.Sdk.Push;

/// <summary>Who posted, by a verified token.</summary>
public sealed class VapidIdentity
{
    internal VapidIdentity(byte[] publicKey, string? subject, DateTimeOffset expiresAt) => (PublicKey, Subject, ExpiresAt) = (publicKey, subject, expiresAt);

    /// <summary>The application server's public key, an uncompressed point of 65 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>What the token names as its subject; null for nothing. Nobody checked it.</summary>
    public string? Subject { get; }

    /// <summary>When the token expires.</summary>
    public DateTimeOffset ExpiresAt { get; }
}
