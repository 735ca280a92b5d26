namespace Loop.Sdk.Rooms;

/// <summary>The rooms that a client has open: each once, since the second would take the first one's place in the room.</summary>
internal sealed class OpenRooms : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RoomPlace> _places = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <summary>Reserves the place of a room.</summary>
    /// <exception cref="InvalidOperationException">It is open.</exception>
    public RoomPlace Reserve(string token)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(RoomsClient));
            var place = new RoomPlace(token);
            return _places.TryAdd(token, place) ? place : throw new InvalidOperationException("The room is open already: dispose of it first.");
        }
    }

    /// <summary>Puts an open room into its place, unless it has ended by now.</summary>
    public void Put(RoomPlace place, OpenRoom room)
    {
        lock (_lock)
        {
            place.Room = room;
            ObjectDisposedException.ThrowIf(_disposed, typeof(RoomsClient));
        }
    }

    public void Release(RoomPlace place)
    {
        lock (_lock)
        {
            if (_places.GetValueOrDefault(place.Token) == place)
            {
                _places.Remove(place.Token);
            }
        }
    }

    public void ThrowIfDisposed()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(RoomsClient));
        }
    }

    public async ValueTask DisposeAsync()
    {
        OpenRoom[] open;
        lock (_lock)
        {
            _disposed = true;
            open = [.. _places.Values.Select(static place => place.Room).OfType<OpenRoom>()];
        }

        await Task.WhenAll(open.Select(static room => room.DisposeAsync().AsTask())).ConfigureAwait(false);
    }
}
