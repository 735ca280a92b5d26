namespace Loop.Sdk.Feeds;

/// <summary>Reads for subscribers what is in no history. Who needs the whole state at the same time as others shares their read, and its payloads.</summary>
internal sealed class StoredPast<TSnapshot, TChange>(IFeedStore<TSnapshot, TChange> store)
{
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<FeedStep<TSnapshot, TChange>>>? _reading;
    private WeakReference<IReadOnlyList<FeedStep<TSnapshot, TChange>>>? _last;

    /// <summary>The state: a snapshot, and what comes right after it.</summary>
    /// <param name="atLeast">The newest position that is known, if any: a state that was read before is good enough if it is as new.</param>
    public Task<IReadOnlyList<FeedStep<TSnapshot, TChange>>> ReadStateAsync(FeedPosition? atLeast)
    {
        lock (_lock)
        {
            return atLeast is { } position && _last?.TryGetTarget(out var last) is true && last[^1].Position is var end && end.Epoch == position.Epoch && end.Offset >= position.Offset
                ? Task.FromResult(last)
                : _reading ??= Task.Run(ReadStateAsync);
        }
    }

    /// <summary>The changes after a position, or null if there has to be a snapshot.</summary>
    public async Task<IReadOnlyList<FeedStep<TSnapshot, TChange>>?> ReadSinceAsync(FeedPosition since)
    {
        var changes = await store.ReadSinceAsync(since, CancellationToken.None).ConfigureAwait(false);
        return changes is null ? null : [.. Steps(since, changes.Changes)];
    }

    private async Task<IReadOnlyList<FeedStep<TSnapshot, TChange>>> ReadStateAsync()
    {
        try
        {
            var state = await store.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            var snapshot = new FeedStep<TSnapshot, TChange>(FeedStepKind.Snapshot, state.Position) { Image = new FeedImage<TSnapshot>(state.Snapshot, state.Position) };
            IReadOnlyList<FeedStep<TSnapshot, TChange>> steps = [snapshot, .. Steps(state.Position, state.Rest)];
            lock (_lock)
            {
                _last = new(steps);
            }

            return steps;
        }
        finally
        {
            lock (_lock)
            {
                _reading = null;
            }
        }
    }

    private static IEnumerable<FeedStep<TSnapshot, TChange>> Steps(FeedPosition from, IReadOnlyList<StoredChange<TChange>> changes)
    {
        foreach (var change in changes)
        {
            var entry = new FeedEntry<TChange>(change.Change, change.Position, from.Offset);
            yield return new(FeedStepKind.Change, change.Position) { Entry = entry, IsFetched = true };
            from = change.Position;
        }
    }
}
