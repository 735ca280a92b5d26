using System.Collections.Concurrent;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>A room that somebody has open, with everything that an application would show of it.</summary>
internal sealed class SimPlace : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<(string Author, long Mark), byte> _marks = new();
    private readonly ConcurrentDictionary<string, byte> _members = new();
    private readonly LiveCollection<string, Participant> _present;
    private readonly TimelineView _timeline;
    private Task _listening = Task.CompletedTask;

    /// <param name="world">Who wants to know of changes.</param>
    /// <param name="room">The room, taken over.</param>
    /// <param name="model">What is known of it.</param>
    /// <param name="epochs">The epochs of the keys that it was opened with.</param>
    public SimPlace(SimWorld world, Room room, SimRoom model, IEnumerable<int> epochs)
    {
        Room = room;
        Model = model;
        Epochs = [.. epochs];
        _members.TryAdd(room.MemberId, 0);
        var options = new LiveViewOptions
        {
            Post = action =>
            {
                lock (_gate)
                {
                    action();
                }

                _members.TryAdd(Room.MemberId, 0);
                world.Touch();
            },
        };
        _present = room.Participants.ToLiveCollection(static participant => participant.Id, options: options);
        _timeline = room.Timeline.ToLiveView(options);
    }

    public Room Room { get; }

    public SimRoom Model { get; }

    /// <summary>The epochs whose keys it must have, and no others.</summary>
    public SortedSet<int> Epochs { get; }

    /// <summary>The members that it has been.</summary>
    public ICollection<string> Members => _members.Keys;

    public bool IsOver => Room.State == RoomState.Ended;

    public bool IsJoined => Room.State == RoomState.Joined;

    public TimelineView Timeline => _timeline;

    public IReadOnlyList<Participant> Present()
    {
        lock (_gate)
        {
            return [.. _present];
        }
    }

    public IReadOnlyList<TimelineEntry> Entries()
    {
        lock (_gate)
        {
            return [.. _timeline.Entries];
        }
    }

    public Exception? Error => _present.Error ?? _timeline.Entries.Error;

    /// <summary>Whether a read marker came.</summary>
    public bool Heard(string author, long mark) => _marks.ContainsKey((author, mark));

    /// <summary>Listens to signals, as long as it is in the room: to be told each time that it is joined.</summary>
    public void Listen(SimWorld world) => _listening = ListenAsync(_listening, world);

    public async ValueTask DisposeAsync()
    {
        await _present.DisposeAsync();
        await _timeline.DisposeAsync();
        await Room.DisposeAsync();
        await _listening;
    }

    private async Task ListenAsync(Task before, SimWorld world)
    {
        await before;
        try
        {
            await foreach (var signal in Room.Timeline.SignalsAsync())
            {
                if (signal is { Code: null, Kind: SignalKinds.Read })
                {
                    _marks.TryAdd((signal.Author, signal.ReadMark().Sequence), 0);
                    world.Touch();
                }
            }
        }
        catch (LoopException)
        {
            // It is not in the room any more, or the room is over.
        }
    }
}
