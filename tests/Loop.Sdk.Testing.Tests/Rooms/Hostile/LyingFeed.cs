using System.Runtime.CompilerServices;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Testing.Tests.Rooms.Hostile;

/// <summary>A feed of the real server, whose events are told otherwise.</summary>
internal sealed class LyingFeed<TSnapshot, TChange>(IFeed<TSnapshot, TChange> real, Func<TSnapshot, TSnapshot> snapshot, Func<TChange, TChange> change) : IFeed<TSnapshot, TChange>
{
    public async IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(FeedPosition? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var @event in real.SubscribeAsync(from, cancellationToken))
        {
            yield return @event.Kind switch
            {
                FeedEventKind.Snapshot => FeedEvent<TSnapshot, TChange>.OfSnapshot(snapshot(@event.Snapshot), @event.Position),
                FeedEventKind.Change => FeedEvent<TSnapshot, TChange>.OfChange(change(@event.Change), @event.Position),
                _ => @event,
            };
        }
    }
}
