using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>What callers are told. None of it repeats what they sent.</summary>
internal static class UserAgentErrors
{
    public static LoopException TooLarge(string what, int most) => new(ErrorCodes.ContentTooLarge, $"The {what} is longer than {most} bytes.");

    public static LoopException Of(UserAgentOutcome outcome, bool isStar = false) => Of(outcome switch
    {
        UserAgentOutcome.KeyConflict => ErrorCodes.KeyConflict,
        UserAgentOutcome.SessionEnded => ErrorCodes.SessionEnded,
        UserAgentOutcome.AncestorNotFound => ErrorCodes.AncestorNotFound,
        UserAgentOutcome.TooMany => isStar ? ErrorCodes.TooManyStars : ErrorCodes.TooManySessions,
        _ => ErrorCodes.SessionNotFound,
    });

    public static LoopException Of(string code) => new(code, code switch
    {
        ErrorCodes.AccountRequired => "This needs an account.",
        ErrorCodes.KeyConflict => "The key was used for a write of another kind.",
        ErrorCodes.SessionEnded => "The session has ended: start another.",
        ErrorCodes.AncestorNotFound => "No session of that number began before.",
        ErrorCodes.TooManyStars => "There are as many stars as may be.",
        ErrorCodes.TooManySessions => "As many sessions are open as may be.",
        ErrorCodes.InvalidUrl => "It is no absolute URL that one can go to.",
        ErrorCodes.InvalidTime => "The time is before 1990, or ahead of the server's clock.",
        _ => "There is no such session: start one.",
    });
}
