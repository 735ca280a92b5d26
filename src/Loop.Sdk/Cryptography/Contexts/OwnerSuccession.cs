namespace Loop.Sdk.Cryptography;

/// <summary>That an owner gave the room to somebody else, for members who know the earlier owner and were away.</summary>
internal sealed class OwnerSuccession
{
    /// <summary>The most that are followed.</summary>
    public const int MaxCount = 16;

    /// <summary>The item of the proof's envelope.</summary>
    public const string Item = "owner";

    /// <summary>The public keys of the earlier owner, in base64url.</summary>
    public required string From { get; init; }

    /// <summary>The member id of the next owner.</summary>
    public required string To { get; init; }

    /// <summary>The version of the proof.</summary>
    public required long Version { get; init; }

    /// <summary>The next owner's id, sealed as an entry of the timeline and signed by the earlier owner; in base64url.</summary>
    public required string Proof { get; init; }
}
