namespace Loop.Sdk.Push;

/// <summary>A subscription that is wanted.</summary>
public sealed record SubscribePush
{
    /// <summary>What the client calls it: a UUID that it makes up, lower case, with dashes. The same channel is the same subscription.</summary>
    public required string Channel { get; init; }

    /// <summary>The public key of the only application server that may post, 65 bytes (RFC 8292); null for whoever knows the endpoint.</summary>
    public ReadOnlyMemory<byte>? ApplicationServerKey { get; init; }
}
