namespace Loop.Sdk.Push;

/// <summary>An agent's subscriptions.</summary>
/// <param name="Items">The subscriptions, by channel.</param>
public sealed record PushSubscriptions(IReadOnlyList<PushSubscriptionInfo> Items);
