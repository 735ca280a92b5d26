using Loop.Sdk.Sessions;

namespace Loop.Sdk.Feeds;

/// <summary>How a topic treats subscribers that are too slow.</summary>
/// <typeparam name="T">The items.</typeparam>
public sealed record TopicOptions<T>
{
    /// <summary>What happens when no more may wait for a subscriber: <see cref="SlowConsumerPolicy.Latest"/> (default) or <see cref="SlowConsumerPolicy.Reliable"/>.</summary>
    public SlowConsumerPolicy Policy { get; init; } = SlowConsumerPolicy.Latest;

    /// <summary>For <see cref="SlowConsumerPolicy.Latest"/>: what an item is about. A newer item replaces a waiting one with an equal key. Null: items are never replaced, only left out.</summary>
    public Func<T, object>? Key { get; init; }
}
