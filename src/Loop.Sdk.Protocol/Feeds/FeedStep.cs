namespace Loop.Sdk.Feeds;

/// <summary>What a subscriber is to be sent next.</summary>
internal readonly record struct FeedStep<TSnapshot, TChange>(FeedStepKind Kind, FeedPosition Position)
{
    /// <summary>The state, for <see cref="FeedStepKind.Snapshot"/>.</summary>
    public FeedImage<TSnapshot>? Image { get; init; }

    /// <summary>The change, for <see cref="FeedStepKind.Change"/>.</summary>
    public FeedEntry<TChange>? Entry { get; init; }

    /// <summary>Whether the step was read from the store for this subscriber: it is in no history.</summary>
    public bool IsFetched { get; init; }

    /// <summary>The same as an event for a subscriber in this process.</summary>
    public FeedEvent<TSnapshot, TChange> ToEvent() => Kind switch
    {
        FeedStepKind.Snapshot => FeedEvent<TSnapshot, TChange>.OfSnapshot(Image!.Snapshot, Position),
        FeedStepKind.Change => FeedEvent<TSnapshot, TChange>.OfChange(Entry!.Change, Position, Entry.Follows),
        _ => FeedEvent<TSnapshot, TChange>.OfResumed(Position),
    };
}
