namespace Loop.Sdk.Cryptography;

/// <summary>A member's announcement as JSON.</summary>
internal sealed class AnnouncementDocument
{
    /// <summary>The public keys, in base64url.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }
}
