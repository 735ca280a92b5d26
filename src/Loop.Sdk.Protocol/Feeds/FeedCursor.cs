namespace Loop.Sdk.Feeds;

/// <summary>How far one subscriber is: all that a feed keeps for a slow or absent one.</summary>
internal sealed class FeedCursor(FeedPosition? from)
{
    /// <summary>The position that was asked for.</summary>
    public FeedPosition? From => from;

    /// <summary>Whether anything was delivered.</summary>
    public bool Started { get; private set; }

    /// <summary>The position last delivered.</summary>
    public FeedPosition Position { get; private set; }

    /// <summary>The offset last delivered.</summary>
    public long Offset => Position.Offset;

    /// <summary>Everything up to and including this position was delivered.</summary>
    public void MoveTo(FeedPosition position)
    {
        Started = true;
        Position = position;
    }
}
