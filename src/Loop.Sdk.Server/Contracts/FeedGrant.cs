using Loop.Sdk.Feeds;

namespace Loop.Sdk.Server;

/// <summary>One subscriber's right to a feed.</summary>
/// <param name="feed">The feed, which pushes.</param>
/// <param name="reason">Why the right ended.</param>
/// <param name="release">Gives back what the right holds.</param>
/// <param name="revoked">Cancelled when the right ends.</param>
internal sealed class FeedGrant<TSnapshot, TChange>(IFeed<TSnapshot, TChange> feed, Func<LoopException> reason, Action release, CancellationToken revoked = default) : IDisposable
{
    private int _released;

    public IFeed<TSnapshot, TChange> Feed => feed;

    /// <summary>Cancelled when the right ends.</summary>
    public CancellationToken Revoked => revoked;

    /// <summary>Why it ended.</summary>
    public LoopException Reason => reason();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
