using System.Collections.Concurrent;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>Somebody with a device, who does one thing after the other.</summary>
internal sealed class SimUser : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly LiveCollection<string, RoomDetails>? _owned;
    private int _count;

    /// <param name="world">Who wants to know of changes.</param>
    /// <param name="user">The device.</param>
    /// <param name="name">The name.</param>
    /// <param name="isOwner">Whether it is a device of the account that owns the rooms.</param>
    public SimUser(SimWorld world, RoomUser user, string name, bool isOwner)
    {
        User = user;
        Name = name;
        IsOwner = isOwner;
        if (isOwner)
        {
            _owned = user.Rooms.Owned.ToLiveCollection(
                static room => room.Token,
                options: new LiveViewOptions
                {
                    Post = action =>
                    {
                        lock (_gate)
                        {
                            action();
                        }

                        world.Touch();
                    },
                });
        }
    }

    public RoomUser User { get; }

    public string Name { get; }

    public bool IsOwner { get; }

    public BreakableLink Link => User.Device.Link;

    /// <summary>What it does now, or did last.</summary>
    public Task Doing { get; set; } = Task.CompletedTask;

    /// <summary>What that is, for a person to read.</summary>
    public string Deed { get; set; } = "nothing yet";

    public ConcurrentDictionary<string, SimPlace> Places { get; } = new();

    public Exception? OwnedError => _owned?.Error;

    /// <summary>A text, key or name that nobody used before.</summary>
    public string Next() => $"{Name}-{++_count}";

    public IReadOnlyList<RoomDetails> Owned()
    {
        lock (_gate)
        {
            return _owned is null ? [] : [.. _owned];
        }
    }

    /// <summary>The place in a room, if it is not over.</summary>
    public async Task<SimPlace?> FindAsync(SimRoom room)
    {
        if (!Places.TryGetValue(room.Token, out var place))
        {
            return null;
        }

        if (!place.IsOver)
        {
            return place;
        }

        Places.TryRemove(room.Token, out _);
        await place.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var place in Places.Values)
        {
            await place.DisposeAsync();
        }

        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }
    }
}
