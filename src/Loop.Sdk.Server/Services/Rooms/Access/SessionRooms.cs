using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>What a session has to do with rooms: the ones it is in, and the tokens that it has reserved.</summary>
internal sealed class SessionRooms
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Participation> _rooms = new(StringComparer.Ordinal);
    private readonly List<string> _reserved = [];
    private bool _ended;

    public SessionRooms(LoopSession session)
    {
        Id = session.Id;
        Account = session.PrincipalId.Length == 0 ? null : session.PrincipalId;
        IsImpostor = GuestRecord.IdOf(session.PrincipalId) is not null || LoopApiSessionRecord.IsAnonymous(session.PrincipalId);
    }

    /// <summary>The session's id.</summary>
    public string Id { get; }

    /// <summary>The account, or null on an anonymous session.</summary>
    public string? Account { get; }

    /// <summary>Whether the account has a name that only guests have, or those who own rooms without an account.</summary>
    public bool IsImpostor { get; }

    /// <summary>One joins after the other, so that a session is in a room only once.</summary>
    public SemaphoreSlim Joining { get; } = new(1, 1);

    /// <summary>The participations that last, at no particular moment.</summary>
    public IReadOnlyList<Participation> Participations
    {
        get
        {
            lock (_lock)
            {
                return [.. _rooms.Values.Where(static participation => participation.Reason is null)];
            }
        }
    }

    /// <summary>The participation in a room, which may have ended, or null.</summary>
    public Participation? Find(string token)
    {
        lock (_lock)
        {
            return _rooms.GetValueOrDefault(token);
        }
    }

    /// <summary>Whether the session may be in one more room.</summary>
    public bool HasPlace(string token, int most)
    {
        lock (_lock)
        {
            return _rooms.ContainsKey(token) || _rooms.Values.Count(static participation => participation.Reason is null) < most;
        }
    }

    /// <summary>The session is in a room now. False if it has ended.</summary>
    public bool TrySet(Participation participation)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return false;
            }

            // Those that have ended are kept for what their reason tells, and need not be many.
            foreach (var token in _rooms.Where(static room => room.Value.Reason is not null).Select(static room => room.Key).Skip(RequestLimits.MaxReserved).ToList())
            {
                _rooms.Remove(token);
            }

            _rooms[participation.Room.Token] = participation;
            return true;
        }
    }

    /// <summary>The session has left the room, and there is nothing to be told of that later.</summary>
    public void Remove(Participation participation)
    {
        lock (_lock)
        {
            if (_rooms.GetValueOrDefault(participation.Room.Token) == participation)
            {
                _rooms.Remove(participation.Room.Token);
            }
        }
    }

    /// <summary>Remembers a token that was given out.</summary>
    public void Reserve(string token)
    {
        lock (_lock)
        {
            if (_reserved.Count == RequestLimits.MaxReserved)
            {
                _reserved.RemoveAt(0);
            }

            _reserved.Add(token);
        }
    }

    /// <summary>A room has the token. It is not given to another, whose history would be taken for this one's.</summary>
    public void Use(string token)
    {
        lock (_lock)
        {
            _reserved.Remove(token);
        }
    }

    /// <summary>Whether a token was given out, and is not used.</summary>
    public bool HasReserved(string token)
    {
        lock (_lock)
        {
            return _reserved.Contains(token);
        }
    }

    /// <summary>The session has ended.</summary>
    /// <returns>The participations that have to end with it.</returns>
    public IReadOnlyList<Participation> End()
    {
        lock (_lock)
        {
            _ended = true;
            List<Participation> left = [.. _rooms.Values.Where(static participation => participation.Reason is null)];
            _rooms.Clear();
            return left;
        }
    }
}
