namespace Loop.Sdk.Feeds;

/// <summary>How much of its past a feed source keeps, so that subscribers who were away or slow can go on without a gap.</summary>
public sealed record FeedOptions
{
    /// <summary>How many of the last changes are kept, 0 or more; 1024 by default. With 0 every interruption ends in a snapshot.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int HistoryCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1024;

    /// <summary>
    /// How many bytes the kept changes may have together, 0 or more; 1 MiB by default. What counts is the payload, so a change that no remote
    /// subscriber needed yet counts as nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int HistoryBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1024 * 1024;

    /// <summary>
    /// The position of the initial state, for a source that stored both and is sure that it lost no change since. Null (default): a new random epoch
    /// at offset 0, so that subscribers of an earlier source get a snapshot.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    public FeedPosition? Start
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value?.Offset ?? 0);
            field = value;
        }
    }
}
