namespace Loop.Sdk.Push;

/// <summary>What can happen to a subscription.</summary>
public enum PushSubscriptionChangeKind
{
    /// <summary>The server no longer has it: the agent was away for too long, is another account's, or was removed.</summary>
    Lost,

    /// <summary>It has another endpoint. The keys are the same.</summary>
    Moved,
}
