namespace Loop.Sdk.Server.Storage;

/// <summary>What was removed.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="Agents">Which agents.</param>
/// <param name="Receipts">The receipt subscriptions that have something new, each once.</param>
/// <param name="More">Whether there may be more to remove.</param>
public sealed record PushSweepResult(int Messages, IReadOnlyList<string> Agents, IReadOnlyList<string> Receipts, bool More);
