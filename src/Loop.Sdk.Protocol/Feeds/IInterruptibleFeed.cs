namespace Loop.Sdk.Feeds;

/// <summary>A feed whose subscriptions can be interrupted and go on by themselves, for views that show whether what they hold is current.</summary>
internal interface IInterruptibleFeed<TSnapshot, TChange>
{
    /// <summary>Subscribes, and is told of every interruption. Events go on afterwards.</summary>
    IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> SubscribeAsync(FeedPosition? from, Action? interrupted, CancellationToken cancellationToken);
}
