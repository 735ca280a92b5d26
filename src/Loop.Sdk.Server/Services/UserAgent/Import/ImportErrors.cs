namespace Loop.Sdk.Server.UserAgent;

internal static class ImportErrors
{
    public static LoopException Invalid(string what, Exception? cause = null) => new(ErrorCodes.InvalidImport, $"{what} Nothing was imported.", cause);

    public static LoopException Busy() => new(ErrorCodes.InvalidImport, "The browser was writing to the file all the time: try again, or close it. Nothing was imported.") { Retryable = true };

    public static LoopException TooLarge(string what) => new(ErrorCodes.ContentTooLarge, $"{what} Nothing was imported.");
}
