namespace Loop.Sdk.Feeds;

/// <summary>
/// Carries a feed's events to a live view. Whatever is at hand goes over in one piece, and no more is taken from the feed before that was applied, so
/// that a busy user interface slows down its own subscription and nothing else.
/// </summary>
/// <param name="feed">The feed.</param>
/// <param name="options">Where the view lives.</param>
/// <param name="apply">Changes the view by a snapshot or a change. Called there.</param>
/// <param name="settled">Everything at hand was applied. Called there.</param>
/// <param name="changed">Tells that one of the pump's properties has another value. Called there.</param>
internal sealed class FeedPump<TSnapshot, TChange>(
    IFeed<TSnapshot, TChange> feed, LiveViewOptions? options, Action<FeedEvent<TSnapshot, TChange>> apply, Action settled, Action<string> changed)
    : LivePump(options, changed)
{
    private const int LargestBatch = 256;

    private readonly List<FeedEvent<TSnapshot, TChange>> _batch = [];
    private volatile bool _interrupted;

    protected override async Task FollowAsync()
    {
        using var subscription = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        var events = Subscribe(subscription.Token).GetAsyncEnumerator(subscription.Token);
        await using (events.ConfigureAwait(false))
        {
            var next = events.MoveNextAsync().AsTask();
            try
            {
                while (await next.ConfigureAwait(false))
                {
                    do
                    {
                        _interrupted = false;
                        _batch.Add(events.Current);
                        next = events.MoveNextAsync().AsTask();
                    }
                    while (_batch.Count < LargestBatch && next.IsCompletedSuccessfully && await next.ConfigureAwait(false));

                    await PostAsync(Apply).ConfigureAwait(false);
                    _batch.Clear();
                }
            }
            finally
            {
                // An enumerator must not be disposed of while it moves.
                await subscription.CancelAsync().ConfigureAwait(false);
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private IAsyncEnumerable<FeedEvent<TSnapshot, TChange>> Subscribe(CancellationToken cancellationToken) =>
        feed is IInterruptibleFeed<TSnapshot, TChange> interruptible
            ? interruptible.SubscribeAsync(from: null, Interrupt, cancellationToken)
            : feed.SubscribeAsync(from: null, cancellationToken);

    private void Interrupt()
    {
        _interrupted = true;
        Post(() => SetLive(!_interrupted));
    }

    private void Apply()
    {
        var recovered = Recovered;
        foreach (var @event in _batch)
        {
            if (@event.Kind != FeedEventKind.Change)
            {
                recovered = @event.Recovered;
            }

            if (@event.Kind != FeedEventKind.Resumed)
            {
                apply(@event);
            }
        }

        settled();
        Reach(_batch[^1].Position, recovered, live: !_interrupted);
    }
}
