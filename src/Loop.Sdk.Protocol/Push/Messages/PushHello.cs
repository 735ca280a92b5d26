namespace Loop.Sdk.Push;

/// <summary>Which agent a session is.</summary>
public sealed record PushHello
{
    /// <summary>The agent's id, as the first welcome gave it; null for a new one.</summary>
    public string? Agent { get; init; }

    /// <summary>The agent's secret, as the first welcome gave it.</summary>
    public string? Secret { get; init; }

    /// <summary>How urgent messages must be to be delivered now; all of them by default.</summary>
    public PushUrgency Urgency { get; init; }

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => $"{nameof(PushHello)} {{ Agent = {Agent} }}";
}
