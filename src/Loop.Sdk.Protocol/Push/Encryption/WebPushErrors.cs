namespace Loop.Sdk.Push;

/// <summary>The refusals of this folder. None says anything about keys or plaintext.</summary>
internal static class WebPushErrors
{
    public static LoopException InvalidKey(string what) => new(ErrorCodes.InvalidKey, $"The key cannot be used: {what}.");

    public static LoopException Malformed(string what) => new(ErrorCodes.InvalidEnvelope, $"The message cannot be read: {what}.");

    public static LoopException TooLarge(int limit) => new(ErrorCodes.ContentTooLarge, $"The content and its padding are longer than {limit} bytes.");

    public static LoopException Undecryptable() => new(ErrorCodes.Undecryptable, "The message was encrypted for other keys, or changed on its way.");

    public static LoopException Vapid(string what) => new(ErrorCodes.VapidRefused, $"VAPID: {what}.");
}
