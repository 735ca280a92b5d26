using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>A feed that pushes into its subscribers' streams instead of being pulled, so that one serialised payload serves all of them.</summary>
internal interface IFeedPublisher<TSnapshot, TChange>
{
    /// <summary>Pushes until the feed is completed or the subscriber goes.</summary>
    Task PushAsync(PushQueue queue, PayloadCodec<TSnapshot> snapshot, PayloadCodec<TChange> change, FeedPosition? from, CancellationToken cancellationToken);
}
