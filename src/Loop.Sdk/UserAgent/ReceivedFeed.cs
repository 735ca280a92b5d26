using System.Runtime.CompilerServices;
using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.UserAgent;

/// <summary>A feed whose items are there, whatever the server sent.</summary>
internal sealed class ReceivedFeed<TKey, TItem>(IFeed<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>> feed)
    : IFeed<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>, IInterruptibleFeed<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>
    where TItem : class
{
    public IAsyncEnumerable<FeedEvent<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>> SubscribeAsync(FeedPosition? from = null, CancellationToken cancellationToken = default) =>
        CheckAsync(feed.SubscribeAsync(from, cancellationToken), cancellationToken);

    public IAsyncEnumerable<FeedEvent<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>> SubscribeAsync(
        FeedPosition? from, Action? interrupted, CancellationToken cancellationToken) => CheckAsync(
            feed is IInterruptibleFeed<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>> interruptible
                ? interruptible.SubscribeAsync(from, interrupted, cancellationToken)
                : feed.SubscribeAsync(from, cancellationToken),
            cancellationToken);

    private static async IAsyncEnumerable<FeedEvent<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>> CheckAsync(
        IAsyncEnumerable<FeedEvent<KeyedSnapshot<TItem>, KeyedChange<TKey, TItem>>> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var @event in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (@event.Kind == FeedEventKind.Snapshot)
            {
                Received.Whole(Received.Some(@event.Snapshot).Items);
            }
            else if (@event.Kind == FeedEventKind.Change)
            {
                Received.Whole(Received.Some(@event.Change).Put ?? []);
                foreach (var key in @event.Change.Removed ?? [])
                {
                    Received.Some(key);
                }
            }

            yield return @event;
        }
    }
}
