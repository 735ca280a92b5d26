namespace Loop.Sdk.Feeds;

/// <summary>What a hub does whose state is in a store: it has a position only from the first read on, and asks the store for what its history does not hold.</summary>
internal sealed partial class FeedHub<TSnapshot, TChange>
{
    private readonly StoredPast<TSnapshot, TChange>? _past;
    private readonly Action? _onKnown;
    private bool _isForgotten;

    private FeedHub(StoredPast<TSnapshot, TChange> past, FeedOptions options, Action onKnown)
        : this(options, static () => throw new InvalidOperationException("The state is in the store."), static _ => { })
    {
        _past = past;
        _onKnown = onKnown;
        _isForgotten = true;
    }

    /// <summary>The position from which to read on, or null while nobody has read anything.</summary>
    public FeedPosition? KnownPosition
    {
        get
        {
            lock (Lock)
            {
                return IsKnown && !_completed ? _position : null;
            }
        }
    }

    private bool IsKnown => !_isForgotten;

    /// <summary>Makes a hub for a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">How much history is kept in memory.</param>
    /// <param name="onKnown">The hub has a position, and may have missed what was written since that was read.</param>
    public static FeedHub<TSnapshot, TChange> Of(IFeedStore<TSnapshot, TChange> store, FeedOptions options, Action onKnown) => new(new(store), options, onKnown);

    /// <summary>Sends on what was read from the store. What was sent before is passed over.</summary>
    public void Follow(in StoredChange<TChange> change)
    {
        TaskCompletionSource? moved;
        lock (Lock)
        {
            if (_completed || !IsKnown || change.Position.Offset <= _position.Offset)
            {
                return;
            }

            moved = Add(new FeedEntry<TChange>(change.Change, change.Position, _position.Offset));
        }

        moved?.TrySetResult();
    }

    /// <summary>The store cannot tell how to go on. Subscribers ask it for themselves, or end with the error if there is one.</summary>
    public void Forget(Exception? error)
    {
        TaskCompletionSource? moved;
        lock (Lock)
        {
            _isForgotten = true;
            _history.Clear();
            while (_live is [.., var subscriber])
            {
                RemoveLive(subscriber);
                if (error is null)
                {
                    subscriber.Rewind();
                }
                else
                {
                    subscriber.End(error);
                }
            }

            moved = TakeMoved();
        }

        moved?.TrySetResult();
    }

    /// <summary>Reads from the store what a subscriber is missing.</summary>
    public async Task<IReadOnlyList<FeedStep<TSnapshot, TChange>>> FetchAsync(FeedCursor cursor)
    {
        var since = cursor.Started ? cursor.Position : cursor.From;
        var steps = since is { } position ? await _past!.ReadSinceAsync(position).ConfigureAwait(false) : null;
        if (steps is null)
        {
            steps = await _past!.ReadStateAsync(KnownPosition).ConfigureAwait(false);
        }
        else if (!cursor.Started)
        {
            steps = [new(FeedStepKind.Resumed, since!.Value), .. steps];
        }

        OnFetched(steps.Count > 0 ? steps[^1].Position : since!.Value, isEmpty: steps.Count == 0);
        return steps;
    }

    private void OnFetched(FeedPosition position, bool isEmpty)
    {
        lock (Lock)
        {
            if (IsKnown && isEmpty && position.Offset < _position.Offset)
            {
                // Asked again, it would say the same for ever.
                throw new InvalidOperationException("The store gives no changes up to its own position.");
            }

            if (IsKnown)
            {
                return;
            }

            _position = position;
            _isForgotten = false;
        }

        _onKnown!();
    }
}
