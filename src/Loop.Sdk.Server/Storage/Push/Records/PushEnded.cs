namespace Loop.Sdk.Server.Storage;

/// <summary>What ended.</summary>
/// <param name="Subscriptions">How many subscriptions.</param>
/// <param name="Messages">How many messages.</param>
/// <param name="Receipts">The receipt subscriptions that have something new, each once.</param>
public sealed record PushEnded(int Subscriptions, int Messages, IReadOnlyList<string> Receipts)
{
    /// <summary>Nothing.</summary>
    public static PushEnded Nothing { get; } = new(0, 0, []);
}
