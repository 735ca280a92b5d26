using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Tests.Rooms.Kill;

/// <summary>The owner, who also creates, deletes and changes rooms, and the key of the one that all are in.</summary>
internal sealed class KillOwner(Uri address, KillJournal journal, string name, int seed, OwnerKey key) : KillClient(address, journal, name, seed, key)
{
    // An owner's ring holds a bounded number of keys.
    private const int MaxEpoch = 6;

    private readonly Queue<string> _others = [];
    private LiveCollection<string, RoomDetails>? _owned;

    /// <summary>Creates the room that all write into, and is in it.</summary>
    public async Task BeginAsync()
    {
        _owned = Rooms.Owned.ToLiveCollection(static room => room.Token, options: Options);
        Use(await Rooms.CreateAsync(new NewRoom { Context = new RoomContext { RoomName = "Plans" } }));
        await Room.JoinAsync();
    }

    public IReadOnlyList<RoomDetails> Owned()
    {
        lock (Gate)
        {
            return [.. _owned!];
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override Task WriteAsync(int dice) => dice switch
    {
        < 8 => CreateAsync(),
        < 12 => DropAsync(),
        < 13 => RotateAsync(),
        _ => base.WriteAsync(dice),
    };

    private async Task CreateAsync()
    {
        await using var room = await Rooms.CreateAsync(new NewRoom { Context = new RoomContext { RoomName = "Other plans" } });
        _others.Enqueue(room.Token);
        Journal.Created(room.Token);
    }

    private async Task DropAsync()
    {
        if (_others.TryDequeue(out var token))
        {
            Journal.Dropping(token);
            await Rooms.DeleteAsync([token]);
            Journal.Dropped(token);
        }
    }

    private async Task RotateAsync()
    {
        if (Room.Details.Epoch < MaxEpoch)
        {
            await Room.RotateKeyAsync();
            Journal.Rotated(Room.Details.Epoch);
        }
    }
}
