using System.Collections.Concurrent;

namespace Loop.Sdk.Server.Presence;

/// <summary>The sessions that have to do with presence.</summary>
internal sealed class SessionTable(PresenceCore core)
{
    private readonly ConcurrentDictionary<LoopSession, SessionPresence> _sessions = new();

    public int Count => _sessions.Count;

    public SessionPresence Of(LoopSession session)
    {
        if (_sessions.TryGetValue(session, out var known))
        {
            return known;
        }

        var presence = new SessionPresence(core, session);
        known = _sessions.GetOrAdd(session, presence);
        if (known == presence)
        {
            // Told at once if the session has ended already, and removed then.
            session.Observe(presence);
        }

        return known;
    }

    public void Remove(SessionPresence presence) => _sessions.TryRemove(KeyValuePair.Create(presence.Session, presence));
}
