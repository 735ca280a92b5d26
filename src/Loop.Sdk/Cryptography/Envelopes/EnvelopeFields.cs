namespace Loop.Sdk.Cryptography;

/// <summary>What the fields are called in the bytes, and which rules they follow.</summary>
internal static class EnvelopeFields
{
    public const int Count = 6;

    public static string NameOf(EnvelopeField field) => field switch
    {
        EnvelopeField.Context => "context",
        EnvelopeField.Timeline => "timeline",
        EnvelopeField.Signal => "signal",
        EnvelopeField.Signalling => "signalling",
        EnvelopeField.Member => "member",
        EnvelopeField.Rotation => "rotation",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    /// <summary>Whether what was sealed in an epoch that is over may still be read. What acts on the room now must come from those who are in it now.</summary>
    public static bool IsHistory(EnvelopeField field) => field is EnvelopeField.Timeline or EnvelopeField.Member;

    /// <summary>Whether each version is taken once only, and none after a newer one.</summary>
    public static bool IsOnce(EnvelopeField field) => field is EnvelopeField.Signal or EnvelopeField.Signalling;
}
