using Loop.Sdk.Feeds;

namespace Loop.Sdk.Generators.Tests.Runtime;

internal sealed class OneNoteFeed(Note note) : IFeed<Note[], Note>
{
    public async IAsyncEnumerable<FeedEvent<Note[], Note>> SubscribeAsync(
        FeedPosition? from = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        yield return FeedEvent<Note[], Note>.OfSnapshot([note], new FeedPosition(1, 0));
    }
}
