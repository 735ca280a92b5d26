namespace Loop.Sdk.Cryptography;

/// <summary>The refusals of this folder. None says anything about keys or plaintext.</summary>
internal static class CryptographyErrors
{
    public static LoopException InvalidLink(string what) => new(ErrorCodes.InvalidLink, $"The link is not one to a room: {what}.");

    public static LoopException InvalidKey(string what) => new(ErrorCodes.InvalidKey, $"The key cannot be read: {what}.");

    public static LoopException InvalidEnvelope(string what) => new(ErrorCodes.InvalidEnvelope, $"The ciphertext cannot be read: {what}.");

    public static LoopException InvalidContext(string what) => new(ErrorCodes.InvalidContext, $"The room's context cannot be read: {what}.");

    public static LoopException TooLarge(int limit) => new(ErrorCodes.ContentTooLarge, $"The content is longer than {limit} bytes.");

    public static LoopException WrongKey() => new(ErrorCodes.WrongKey, "The ciphertext was not made with this key.");

    public static LoopException Tampered() => new(ErrorCodes.Tampered, "The ciphertext was changed, or belongs to another place, version or author.");

    public static LoopException UnknownEpoch(int epoch) => new(ErrorCodes.UnknownEpoch, $"The key of epoch {epoch} is not known.");

    public static LoopException StaleEpoch(int epoch, int current) => new(ErrorCodes.StaleEpoch, $"The key of epoch {epoch} is no longer in use: the room has epoch {current}.");

    public static LoopException StaleVersion(long version, long seen) => new(ErrorCodes.StaleVersion, $"Version {version} is not newer than version {seen}, which was seen before.");

    public static LoopException ForgedAuthor() => new(ErrorCodes.ForgedAuthor, "The content was not signed by its author.");

    public static LoopException UnknownAuthor() => new(ErrorCodes.UnknownAuthor, "The author's keys are not known.");

    public static LoopException NoKey() => new(ErrorCodes.NoKey, "The room's key is not known.");
}
