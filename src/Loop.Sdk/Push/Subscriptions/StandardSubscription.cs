namespace Loop.Sdk.Push;

/// <summary>A subscription as browsers give it (Push API, <c>PushSubscriptionJSON</c>).</summary>
internal sealed record StandardSubscription(string Endpoint, StandardSubscription.StandardKeys Keys)
{
    internal sealed record StandardKeys(string P256dh, string Auth);
}
