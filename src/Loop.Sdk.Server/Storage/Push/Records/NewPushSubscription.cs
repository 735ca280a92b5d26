namespace Loop.Sdk.Server.Storage;

/// <summary>A subscription to be kept.</summary>
public sealed record NewPushSubscription
{
    /// <summary>The agent.</summary>
    public required string Agent { get; init; }

    /// <summary>What the agent calls it.</summary>
    public required string Channel { get; init; }

    /// <summary>The id of its endpoint, which nobody can guess.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The only application server that may post: its public key. Empty for whoever knows the endpoint.</summary>
    public ReadOnlyMemory<byte> ServerKey { get; init; }

    /// <summary>Now.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>How many subscriptions the agent may have.</summary>
    public required int AgentLimit { get; init; }

    /// <summary>Says nothing of the endpoint.</summary>
    public override string ToString() => $"{nameof(NewPushSubscription)} {{ Agent = {Agent}, Channel = {Channel} }}";
}
