using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>What a session is told of its own places. Used under the session's lock.</summary>
#pragma warning disable CA1001 // Its subscribers end with the session; nothing else is to be released.
internal sealed class OwnPlaces(IEnumerable<OwnPlace> places, int mostEnded)
#pragma warning restore CA1001
{
    private const int History = 64;

    private readonly KeyedFeedSource<string, OwnPlace> _feed = new(static place => place.Scope, places, new FeedOptions { HistoryCount = History });
    private readonly Queue<string> _ended = [];

    public IFeed<KeyedSnapshot<OwnPlace>, KeyedChange<string, OwnPlace>> Feed => _feed;

    public void Entered(Membership entry) => _feed.Put(new OwnPlace(entry.Scope.Text, entry.Id));

    public void Gone(Membership entry) => _feed.Remove(entry.Scope.Text);

    /// <summary>Somebody else ended it. That stays to be seen, for a client that is away at the moment, but not without bound.</summary>
    public void Ended(Membership entry, LeaveReason reason)
    {
        _feed.Put(new OwnPlace(entry.Scope.Text, entry.Id) { Ended = reason });
        _ended.Enqueue(entry.Scope.Text);
        if (_ended.Count > mostEnded && _ended.Dequeue() is var oldest && _feed.TryGet(oldest, out var place) && place.Ended is not null)
        {
            _feed.Remove(oldest);
        }
    }
}
