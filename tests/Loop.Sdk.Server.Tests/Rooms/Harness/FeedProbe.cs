using Loop.Sdk.Feeds;

namespace Loop.Sdk.Server.Tests.Rooms.Harness;

/// <summary>Makes probes of feeds.</summary>
internal static class FeedProbe
{
    public static FeedProbe<Dictionary<string, TItem>> Of<TItem>(IFeed<KeyedSnapshot<TItem>, KeyedChange<string, TItem>> feed, Func<TItem, string> keyOf) => Of(
        feed,
        new Dictionary<string, TItem>(),
        (_, snapshot) => snapshot.Items.ToDictionary(keyOf),
        (state, change) =>
        {
            var next = new Dictionary<string, TItem>(state);
            foreach (var key in change.Removed ?? [])
            {
                next.Remove(key);
            }

            foreach (var item in change.Put ?? [])
            {
                next[keyOf(item)] = item;
            }

            return next;
        });

    public static FeedProbe<TState> Of<TSnapshot, TChange, TState>(
        IFeed<TSnapshot, TChange> feed, TState state, Func<TState, TSnapshot, TState> begin, Func<TState, TChange, TState> apply)
    {
        var probe = new FeedProbe<TState>(state);
        probe.Start(async cancellationToken =>
        {
            await foreach (var @event in feed.SubscribeAsync(cancellationToken: cancellationToken))
            {
                probe.Add(@event.Kind, @event.Kind switch
                {
                    FeedEventKind.Snapshot => begin(probe.State, @event.Snapshot),
                    FeedEventKind.Change => apply(probe.State, @event.Change),
                    _ => probe.State,
                });
            }
        });
        return probe;
    }
}
