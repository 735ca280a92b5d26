namespace Loop.Sdk.Server.Storage;

/// <summary>What came of subscribing.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Subscription">The subscription that is there, if it is the wanted one.</param>
public sealed record PushSubscribeResult(PushSubscribeOutcome Outcome, PushSubscriptionRecord? Subscription);
