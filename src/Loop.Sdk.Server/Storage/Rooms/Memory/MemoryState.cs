namespace Loop.Sdk.Server.Storage;

/// <summary>All rooms. Every operation holds the lock, and is therefore atomic.</summary>
internal sealed class MemoryState
{
    private readonly Lock _gate = new();

    public string Epoch { get; } = Guid.NewGuid().ToString("N");

    public Dictionary<string, MemoryRoom> Rooms { get; } = [];

    public Dictionary<string, MemoryOwner> Owners { get; } = [];

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_gate)
        {
            return Task.FromResult(work());
        }
    }

    /// <summary>A room that has not expired.</summary>
    public MemoryRoom? Find(string token, long now) => Rooms.TryGetValue(token, out var room) && room.Record.ExpiresAt > now ? room : null;

    public MemoryOwner Owner(string account)
    {
        if (!Owners.TryGetValue(account, out var owner))
        {
            owner = new MemoryOwner();
            Owners.Add(account, owner);
        }

        return owner;
    }

    /// <summary>Keeps a change of a room under the next offset of its owner's feed.</summary>
    public RoomRecord Save(MemoryRoom room, RoomRecord changed)
    {
        var owner = Owner(changed.Owner);
        owner.Rooms.Add(changed.Token);
        return room.Record = changed with { Offset = ++owner.Head };
    }

    public void Remove(RoomRecord room, long now)
    {
        Rooms.Remove(room.Token);
        Bury(room, now);
    }

    /// <summary>Takes a room out of its owner's feed.</summary>
    public void Bury(RoomRecord room, long now)
    {
        var owner = Owner(room.Owner);
        owner.Rooms.Remove(room.Token);
        owner.Tombstones.Add(new MemoryTombstone(++owner.Head, room.Token, now));
    }
}
