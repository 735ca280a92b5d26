namespace Loop.Sdk.Push;

/// <summary>What codes mean for a receiver of push messages.</summary>
internal static class PushCodes
{
    /// <summary>Whether the call may succeed on the next session, or in a moment.</summary>
    public static bool IsPassing(LoopException error) =>
        error.Retryable || error.Code is ErrorCodes.SessionLost or ErrorCodes.Unavailable or ErrorCodes.Draining or ErrorCodes.DeadlineExceeded or ErrorCodes.AgentRequired;

    public static LoopException Closed() => new(ErrorCodes.Closed, "The channel's push was disposed of.");

    public static LoopException Lost() => new(ErrorCodes.SubscriptionLost, "The subscription is gone: subscribe again, and tell those who post to it.");

    public static LoopException Nonsense(string what) => new(ErrorCodes.ProtocolError, $"The server's answer makes no sense: {what}.");
}
