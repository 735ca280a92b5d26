namespace Loop.Sdk.Server;

/// <summary>Those who follow one session, and what they have not been told yet. Only sessions that somebody follows have one.</summary>
internal sealed class SessionObservation(LoopSession session, ServerPeer peer, ISessionObserver[] observers) : TellQueue<SessionNews>
{
    private ISessionObserver[] _observers = observers;
    private bool _ended;

    /// <summary>Adds an observer, who is told at once if the session has no connection, or is over. It may be told twice that the connection is lost.</summary>
    public void Add(ISessionObserver observer)
    {
        lock (Lock)
        {
            _observers = [.. _observers, observer];
            if (_ended || peer.IsEnded)
            {
                // Whoever ends it may be about to say so, or have looked before anybody observed.
                Enqueue(new(SessionChange.Ended, peer.HowEnded, [observer]));
            }
            else if (!peer.HasConnection)
            {
                Enqueue(new(SessionChange.Disconnected, End: null, [observer]));
            }
        }
    }

    public void Tell(SessionChange change, SessionEnd? end = null)
    {
        lock (Lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = change == SessionChange.Ended;
            Enqueue(new(change, end, _observers));
        }
    }

    protected override async ValueTask TellAsync(SessionNews news)
    {
        foreach (var observer in news.Observers)
        {
            try
            {
                await news.TellAsync(observer, session).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // What an observer throws concerns nobody but the log.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                peer.Server.Log.ObserverFailed(peer.Id, news.Change, exception);
            }
        }
    }
}
