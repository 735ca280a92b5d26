namespace Loop.Sdk.Push;

/// <summary>How urgent messages must be.</summary>
/// <param name="Least">The least urgency.</param>
public sealed record PushUrgencyRequest(PushUrgency Least);
