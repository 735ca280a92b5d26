using System.Collections.Immutable;
using System.Diagnostics;
using Loop.Sdk.Contracts;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Feeds;

/// <summary>
/// Sends items to any number of subscribers. A server-streaming handler returns <see cref="Subscribe"/>; each item is then serialised once for all.
/// Publishing never waits for anybody: what happens to a subscriber that is too slow says <see cref="TopicOptions{T}.Policy"/>. Every subscriber
/// sees the items in the same order, except that an item may take the place of an older one with the same key. Safe for concurrent use.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
public sealed class Topic<T>
{
    private readonly Lock _lock = new();
    private readonly TopicOptions<T> _options;
    private ImmutableArray<TopicSubscription<T>> _subscriptions = [];
    private bool _completed;

    /// <summary>Makes a topic without subscribers.</summary>
    /// <param name="options">How slow subscribers are treated, or null for the defaults.</param>
    public Topic(TopicOptions<T>? options = null) => _options = options ?? new();

    /// <summary>How many subscribers there are.</summary>
    public int SubscriberCount => _subscriptions.Length;

    /// <summary>Sends an item to every subscriber of the moment.</summary>
    /// <param name="item">The item.</param>
    public void Publish(T item)
    {
        lock (_lock)
        {
            PayloadCodec<T>? codec = null;
            ReadOnlyMemory<byte> payload = default;
            byte[]? shared = null;
            var key = _options.Key?.Invoke(item);
            foreach (var subscription in _subscriptions)
            {
                if (subscription.Codec is null)
                {
                    subscription.Post(item);
                    continue;
                }

                if (subscription.Codec != codec)
                {
                    codec = subscription.Codec;
                    payload = codec.Encode(item);
                    shared = null;
                }

                subscription.Queue!.Push(payload, ref shared, key, _options.Policy);
            }
        }
    }

    /// <summary>
    /// Completes when nothing waits for any subscriber, for producers that would rather slow down than leave something out. Nobody is waited for
    /// longer than <paramref name="patience"/>: who needs more, or is dead, is not waited for again before it has caught up.
    /// </summary>
    /// <param name="patience">How long to wait at most, for all subscribers together; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask DrainAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var subscription in _subscriptions)
        {
            if (!subscription.IsDrained)
            {
                await subscription.DrainAsync(TimeLeft(patience, start), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A subscription to what is published from the time it is enumerated or returned from a handler.</summary>
    public IAsyncEnumerable<T> Subscribe() => new TopicSubscription<T>(this);

    /// <summary>Ends every subscription, present and future.</summary>
    public void Complete()
    {
        ImmutableArray<TopicSubscription<T>> ended;
        lock (_lock)
        {
            _completed = true;
            ended = _subscriptions;
            _subscriptions = [];
        }

        foreach (var subscription in ended)
        {
            subscription.End();
        }
    }

    internal void Add(TopicSubscription<T> subscription)
    {
        lock (_lock)
        {
            if (!_completed)
            {
                _subscriptions = _subscriptions.Add(subscription);
                return;
            }
        }

        subscription.End();
    }

    internal void Remove(TopicSubscription<T> subscription)
    {
        lock (_lock)
        {
            _subscriptions = _subscriptions.Remove(subscription);
        }
    }

    private static TimeSpan TimeLeft(TimeSpan patience, long start)
    {
        if (patience == Timeout.InfiniteTimeSpan)
        {
            return patience;
        }

        var left = patience - Stopwatch.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
