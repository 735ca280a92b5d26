using System.Collections.Concurrent;

namespace Loop.Sdk.Server.Rooms;

/// <summary>The sessions that have to do with rooms. With the session, its participations end.</summary>
internal sealed class RoomSessions(RoomsCore core)
{
    private readonly ConcurrentDictionary<LoopSession, SessionRooms> _sessions = new();

    /// <summary>All participations of this server's sessions.</summary>
    public IEnumerable<Participation> Participations => _sessions.SelectMany(static session => session.Value.Participations);

    public SessionRooms Of(LoopSession session)
    {
        if (_sessions.TryGetValue(session, out var known))
        {
            return known;
        }

        var rooms = new SessionRooms(session);
        if (!_sessions.TryAdd(session, rooms))
        {
            return _sessions.TryGetValue(session, out known) ? known : rooms;
        }

        // Runs at once if the session has ended already.
        session.Ended.UnsafeRegister(_ => _ = EndAsync(session), null);
        return rooms;
    }

    private async Task EndAsync(LoopSession session)
    {
        if (!_sessions.TryRemove(session, out var rooms))
        {
            return;
        }

        foreach (var participation in rooms.End())
        {
            // Clients of a server that goes away come back in a moment: until then, or until their leases end, they stay.
            if (core.IsDraining)
            {
                participation.End(ErrorCodes.Draining);
            }
            else
            {
                await EndAsync(participation).ConfigureAwait(false);
            }
        }
    }

    private async Task EndAsync(Participation participation)
    {
        if (!participation.End(ErrorCodes.SessionLost))
        {
            return;
        }

        try
        {
            var room = participation.Room;
            var now = core.Now;
            await core.Storage.Participants.LeaveAsync(room.Token, participation.Id, now, CancellationToken.None).ConfigureAwait(false);
            core.Changed(room.Token, room.Owner, now);
        }
#pragma warning disable CA1031 // The session is over: nobody is there to be told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            core.Log.LeaveFailed(participation.Session, exception);
        }
    }
}
