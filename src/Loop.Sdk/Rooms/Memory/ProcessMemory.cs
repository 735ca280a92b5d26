using System.Collections.Concurrent;

namespace Loop.Sdk.Rooms;

/// <summary>Remembers rooms as long as the process runs.</summary>
internal sealed class ProcessMemory : IRoomMemory
{
    private readonly ConcurrentDictionary<string, RememberedRoom> _rooms = new(StringComparer.Ordinal);

    public ValueTask<RememberedRoom?> LoadAsync(string token, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_rooms.GetValueOrDefault(token));

    public ValueTask SaveAsync(RememberedRoom room, CancellationToken cancellationToken = default)
    {
        _rooms[room.Token] = room;
        return ValueTask.CompletedTask;
    }
}
