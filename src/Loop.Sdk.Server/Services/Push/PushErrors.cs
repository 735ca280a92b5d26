namespace Loop.Sdk.Server.Push;

/// <summary>What callers of the contract are told.</summary>
internal static class PushErrors
{
    public static LoopException Invalid(string what) => new(ErrorCodes.InvalidRequest, what);

    public static LoopException Of(string code) => new(code, code switch
    {
        ErrorCodes.AccountRequired => "This needs an account.",
        ErrorCodes.AgentReplaced => "A newer session is the same agent.",
        ErrorCodes.SubscriptionNotFound => "The agent has no such subscription.",
        ErrorCodes.SubscriptionConflict => "The channel has a subscription with another key: unsubscribe first, or use another channel.",
        ErrorCodes.TooManySubscriptions => "The agent has as many subscriptions as it may have.",
        ErrorCodes.InvalidKey => "The application server's key is no uncompressed point of P-256.",
        _ => "Say hello first: the session is no agent, or the agent was removed.",
    });
}
