using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Storage;

/// <summary>An account's subscription with another push service, for instance that of a browser's maker.</summary>
/// <param name="Account">The account.</param>
/// <param name="Url">The endpoint. It is a secret: whoever knows it can post.</param>
/// <param name="PublicKey">The public key to encrypt for: see <see cref="WebPushRecipient"/>.</param>
/// <param name="Auth">The authentication secret.</param>
/// <param name="CreatedAt">Since when it is known.</param>
public sealed record ForeignEndpointRecord(string Account, string Url, ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> Auth, long CreatedAt)
{
    /// <summary>Says nothing of the endpoint.</summary>
    public override string ToString() => nameof(ForeignEndpointRecord);
}
