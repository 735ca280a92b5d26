namespace Loop.Sdk.Push;

/// <summary>Which agent the session is now.</summary>
public sealed record PushWelcome
{
    /// <summary>The agent's id. It is no secret, and gives no access.</summary>
    public required string Agent { get; init; }

    /// <summary>The secret to come back with: keep it. Only there if the agent is new.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether the agent is new, and so without subscriptions.</summary>
    public required bool IsNew { get; init; }

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => $"{nameof(PushWelcome)} {{ Agent = {Agent}, IsNew = {IsNew} }}";
}
