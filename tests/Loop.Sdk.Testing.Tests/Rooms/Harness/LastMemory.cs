using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Harness;

/// <summary>Remembers one room, for a test that looks at what is remembered.</summary>
internal sealed class LastMemory : IRoomMemory
{
    private RememberedRoom? _last;

    public RememberedRoom Last => Volatile.Read(ref _last)!;

    public ValueTask<RememberedRoom?> LoadAsync(string token, CancellationToken cancellationToken = default) => ValueTask.FromResult(Volatile.Read(ref _last));

    public ValueTask SaveAsync(RememberedRoom room, CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _last, room);
        return ValueTask.CompletedTask;
    }
}
