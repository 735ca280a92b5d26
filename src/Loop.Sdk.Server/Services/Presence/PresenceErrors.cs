namespace Loop.Sdk.Server.Presence;

/// <summary>What callers are told.</summary>
internal static class PresenceErrors
{
    public static LoopException Of(string code) => new(code, code switch
    {
        ErrorCodes.InvalidScope => "A scope is written kind:name.",
        ErrorCodes.ScopeRefused => "This session may not use the scope so.",
        ErrorCodes.AlreadyPresent => "This session is in the scope already.",
        ErrorCodes.NotPresent => "There is no such member in the scope.",
        ErrorCodes.DataTooLarge => "The data is longer than a member's may be.",
        ErrorCodes.TooManyScopes => "The session has as many scopes as it may have.",
        ErrorCodes.ScopeFull => "The scope has as many members as it may have.",
        _ => "The session is over.",
    });
}
