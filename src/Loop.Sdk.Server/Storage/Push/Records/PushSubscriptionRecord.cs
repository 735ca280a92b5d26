namespace Loop.Sdk.Server.Storage;

/// <summary>A subscription.</summary>
public sealed record PushSubscriptionRecord
{
    /// <summary>The agent.</summary>
    public required string Agent { get; init; }

    /// <summary>Whose the agent is; null for a browser.</summary>
    public string? Account { get; init; }

    /// <summary>What the agent calls it.</summary>
    public required string Channel { get; init; }

    /// <summary>The id of its endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The only application server that may post; empty for whoever knows the endpoint.</summary>
    public required ReadOnlyMemory<byte> ServerKey { get; init; }

    /// <summary>Since when it is there.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>Says nothing of the endpoint.</summary>
    public override string ToString() => $"{nameof(PushSubscriptionRecord)} {{ Agent = {Agent}, Channel = {Channel} }}";
}
