namespace Loop.Sdk.Push;

/// <summary>A subscription.</summary>
public sealed record PushSubscriptionInfo
{
    /// <summary>What the client calls it.</summary>
    public required string Channel { get; init; }

    /// <summary>Where application servers post. It is a secret: whoever knows it can post, unless there is a key.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The public key of the only application server that may post; null for whoever knows the endpoint.</summary>
    public ReadOnlyMemory<byte>? ApplicationServerKey { get; init; }

    /// <summary>Says nothing of the endpoint.</summary>
    public override string ToString() => $"{nameof(PushSubscriptionInfo)} {{ Channel = {Channel} }}";
}
