namespace Loop.Sdk.Presence;

/// <summary>How an entry ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Error">What the server said, or why the channel closed; null otherwise.</param>
public sealed record PresenceEnd(PresenceEndReason Reason, LoopException? Error = null);
