namespace Loop.Sdk.Server;

/// <summary>Telling observers. A session that nobody observes pays a look at one field.</summary>
internal sealed partial class ServerPeer
{
    private SessionEnd? _howEnded;

    /// <summary>Whether a connection has the session. Unlike <see cref="IsAttached"/> it is false as soon as observers are being told.</summary>
    public bool HasConnection => Volatile.Read(ref _owner) is not null;

    /// <summary>How the session ended.</summary>
    public SessionEnd HowEnded => Volatile.Read(ref _howEnded) ?? new(ErrorCodes.SessionLost, IsGoodbye: false);

    /// <summary>The session has begun.</summary>
    public void OnConnected() => Tell(SessionChange.Connected);

    // The phase or the connection has changed before this is called, and an observer is added before it looks at those: so one of the two always sees the other.
    private void Tell(SessionChange change)
    {
        Interlocked.MemoryBarrier();
        var context = _server.Observers.Length > 0 ? Context : Volatile.Read(ref _context);
        context?.Observation?.Tell(change, change == SessionChange.Ended ? HowEnded : null);
    }
}
