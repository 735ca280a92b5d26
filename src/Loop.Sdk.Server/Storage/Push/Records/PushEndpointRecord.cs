namespace Loop.Sdk.Server.Storage;

/// <summary>Whose an endpoint is.</summary>
/// <param name="Subscription">The subscription; null if there is none.</param>
/// <param name="IsGone">Whether there was one.</param>
public sealed record PushEndpointRecord(PushSubscriptionRecord? Subscription, bool IsGone);
