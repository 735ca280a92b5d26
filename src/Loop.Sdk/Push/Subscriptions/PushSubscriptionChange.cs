namespace Loop.Sdk.Push;

/// <summary>What happened to a subscription without the application's doing.</summary>
/// <param name="Subscription">The subscription. If it is lost, it is of no more use: subscribe again, and tell those who post.</param>
/// <param name="Kind">What happened.</param>
public sealed record PushSubscriptionChange(PushSubscription Subscription, PushSubscriptionChangeKind Kind);
