namespace Loop.Sdk.Feeds;

/// <summary>Checks that the events of a feed are one sequence, across all subscriptions that it takes.</summary>
internal sealed class FeedProgress(FeedPosition? from)
{
    private bool _started;

    /// <summary>The position up to which everything was delivered.</summary>
    public FeedPosition? Position { get; private set; } = from;

    /// <summary>A new subscription begins.</summary>
    public void Restart() => _started = false;

    /// <summary>Takes an event. False if something is missing between it and what was delivered.</summary>
    /// <param name="kind">The event's kind.</param>
    /// <param name="position">The position after it.</param>
    /// <param name="follows">For a change, the offset before it.</param>
    /// <exception cref="LoopException">Code <c>protocol_error</c>: the other end says what it cannot know.</exception>
    public bool TryTake(FeedEventKind kind, FeedPosition position, long follows)
    {
        switch (kind)
        {
            case FeedEventKind.Resumed when _started || position != Position:
                throw new LoopException(ErrorCodes.ProtocolError, "A feed resumed from a position that was not asked for.");
            case FeedEventKind.Change when !_started:
                throw new LoopException(ErrorCodes.ProtocolError, "A feed sent a change before it said of what.");
            case FeedEventKind.Change when follows > Position!.Value.Offset || position.Offset <= Position.Value.Offset:
                return false;
        }

        _started = true;
        Position = position;
        return true;
    }
}
