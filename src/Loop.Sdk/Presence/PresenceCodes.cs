namespace Loop.Sdk.Presence;

/// <summary>What codes mean for whoever is present.</summary>
internal static class PresenceCodes
{
    /// <summary>Whether the call may succeed on the next session, or in a moment.</summary>
    public static bool IsPassing(LoopException error) =>
        error.Retryable || error.Code is ErrorCodes.SessionLost or ErrorCodes.Unavailable or ErrorCodes.Draining or ErrorCodes.DeadlineExceeded;

    /// <summary>The kind of a scope, which is all of it that a log may have.</summary>
    public static string KindOf(string scope) => scope.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? scope[..colon] : "";

    public static LoopException Closed() => new(ErrorCodes.Closed, "The channel's presence was disposed of.");
}
