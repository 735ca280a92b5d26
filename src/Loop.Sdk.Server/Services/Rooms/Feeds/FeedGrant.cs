using Loop.Sdk.Feeds;

namespace Loop.Sdk.Server.Rooms;

/// <summary>One subscriber's right to a feed.</summary>
/// <param name="feed">The feed, which pushes.</param>
/// <param name="seat">What the right comes from, and ends with; null if it lasts.</param>
/// <param name="release">Gives back what the right holds.</param>
internal sealed class FeedGrant<TSnapshot, TChange>(IFeed<TSnapshot, TChange> feed, Seat? seat, Action release) : IDisposable
{
    private int _released;

    public IFeed<TSnapshot, TChange> Feed => feed;

    /// <summary>Cancelled when the right ends.</summary>
    public CancellationToken Revoked => seat?.Ended ?? CancellationToken.None;

    /// <summary>Why it ended.</summary>
    public LoopException Reason => RoomErrors.Of(seat?.Reason ?? ErrorCodes.NotParticipant);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
