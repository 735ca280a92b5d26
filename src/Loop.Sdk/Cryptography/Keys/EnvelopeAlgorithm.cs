namespace Loop.Sdk.Cryptography;

/// <summary>The names of the two envelopes, as they stand in the member <c>alg</c> of a room's context.</summary>
public static class EnvelopeAlgorithm
{
    /// <summary>Loop's original envelope: AES-GCM with 128-bit keys and no additional data. For rooms shared with clients that know nothing else.</summary>
    public const string AesGcm = "AES-GCM";

    /// <summary>This project's envelope, described in <c>docs/encryption.md</c>.</summary>
    public const string LoopV2 = "loop.v2";
}
