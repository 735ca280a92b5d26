namespace Loop.Sdk.Feeds;

/// <summary>One event of a feed.</summary>
/// <typeparam name="TSnapshot">The whole state.</typeparam>
/// <typeparam name="TChange">One change to it.</typeparam>
public readonly struct FeedEvent<TSnapshot, TChange>
{
    private readonly TSnapshot? _snapshot;
    private readonly TChange? _change;

    private FeedEvent(FeedEventKind kind, FeedPosition position, bool recovered, TSnapshot? snapshot, TChange? change, long follows = 0)
    {
        Kind = kind;
        Position = position;
        Follows = follows;
        Recovered = recovered;
        _snapshot = snapshot;
        _change = change;
    }

    /// <summary>What the event carries.</summary>
    public FeedEventKind Kind { get; }

    /// <summary>The feed's position after this event.</summary>
    public FeedPosition Position { get; }

    /// <summary>
    /// Whether this event follows the one before it, or the position asked for, without a gap. False on snapshots: on the first of all, and on one
    /// that stands for changes that could not be delivered one by one.
    /// </summary>
    public bool Recovered { get; }

    /// <summary>The whole state.</summary>
    /// <exception cref="InvalidOperationException">The event is not a snapshot.</exception>
    public TSnapshot Snapshot => Kind == FeedEventKind.Snapshot ? _snapshot! : throw new InvalidOperationException("The event is not a snapshot.");

    /// <summary>The change.</summary>
    /// <exception cref="InvalidOperationException">The event is not a change.</exception>
    public TChange Change => Kind == FeedEventKind.Change ? _change! : throw new InvalidOperationException("The event is not a change.");

    /// <summary>Makes a snapshot event.</summary>
    /// <param name="snapshot">The whole state.</param>
    /// <param name="position">The position of that state.</param>
    public static FeedEvent<TSnapshot, TChange> OfSnapshot(TSnapshot snapshot, FeedPosition position) =>
        new(FeedEventKind.Snapshot, position, recovered: false, snapshot, default);

    /// <summary>For changes: the offset before it. It may be applied to any state from there on, up to its own position.</summary>
    internal long Follows { get; }

    /// <summary>Makes a change event.</summary>
    /// <param name="change">The change.</param>
    /// <param name="position">The position after it.</param>
    public static FeedEvent<TSnapshot, TChange> OfChange(TChange change, FeedPosition position) => OfChange(change, position, position.Offset - 1);

    /// <summary>Makes a change event that stands for several changes.</summary>
    /// <param name="change">The change, which does no harm to a state that has parts of it already.</param>
    /// <param name="position">The position after it.</param>
    /// <param name="follows">The offset before it, less than the position's.</param>
    public static FeedEvent<TSnapshot, TChange> OfChange(TChange change, FeedPosition position, long follows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(follows, position.Offset);
        return new(FeedEventKind.Change, position, recovered: true, default, change, follows);
    }

    /// <summary>Makes an event that says the subscription goes on without a gap.</summary>
    /// <param name="position">The position that was asked for.</param>
    public static FeedEvent<TSnapshot, TChange> OfResumed(FeedPosition position) =>
        new(FeedEventKind.Resumed, position, recovered: true, default, default);
}
