namespace Loop.Sdk.Server.Storage;

/// <summary>How much may wait.</summary>
/// <param name="SubscriptionMessages">Messages of a subscription.</param>
/// <param name="SubscriptionBytes">Bytes of their bodies.</param>
/// <param name="AccountMessages">Messages of all agents of an account, or of an agent without one.</param>
/// <param name="AccountBytes">Bytes of their bodies.</param>
public sealed record PushQuota(long SubscriptionMessages, long SubscriptionBytes, long AccountMessages, long AccountBytes)
{
    /// <summary>As much as there is room for.</summary>
    public static PushQuota None { get; } = new(long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue);
}
