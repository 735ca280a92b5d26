namespace Loop.Sdk.Server.Rooms;

/// <summary>The rooms that somebody on this server is in, follows or is just using. The others are in the store only.</summary>
internal sealed class LiveRooms(RoomsCore core)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LiveRoom> _rooms = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rooms.Count;
            }
        }
    }

    /// <summary>Gives a room, to be released.</summary>
    public LiveRoom Acquire(string token)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(token, out var room))
            {
                room = new LiveRoom(core, token);
                _rooms.Add(token, room);
            }

            room.Uses++;
            return room;
        }
    }

    public void Release(LiveRoom room)
    {
        lock (_lock)
        {
            if (--room.Uses > 0)
            {
                return;
            }

            _rooms.Remove(room.Token);
        }

        room.Dispose();
    }

    public LiveRoom? Find(string token)
    {
        lock (_lock)
        {
            return _rooms.GetValueOrDefault(token);
        }
    }

    /// <summary>Reads those again that could not be read when they changed.</summary>
    public void RefreshStale()
    {
        List<LiveRoom> stale;
        lock (_lock)
        {
            stale = [.. _rooms.Values.Where(static room => room.IsStale)];
        }

        stale.ForEach(static room => room.Changed());
    }
}
