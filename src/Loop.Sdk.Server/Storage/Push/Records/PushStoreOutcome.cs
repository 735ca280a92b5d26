namespace Loop.Sdk.Server.Storage;

/// <summary>What came of storing a message.</summary>
public enum PushStoreOutcome
{
    /// <summary>It is kept.</summary>
    Done,

    /// <summary>What waits has the same version, or a higher one. Nothing was changed.</summary>
    Superseded,

    /// <summary>The subscription, or the agent, is gone.</summary>
    Gone,

    /// <summary>As much waits for the subscription as may.</summary>
    SubscriptionFull,

    /// <summary>As much waits for the account as may.</summary>
    AccountFull,
}
