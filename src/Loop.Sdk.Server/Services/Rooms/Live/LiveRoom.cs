using System.Collections.Concurrent;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>A room that somebody on this server is using: its feeds, and who of its participants is here.</summary>
internal sealed class LiveRoom : IDisposable
{
    private static readonly FeedOptions SmallHistory = new() { HistoryCount = 128, HistoryBytes = 128 * 1024 };

    private readonly RoomsCore _core;
    private readonly Pump _pump;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly LiveMembers _members = new();
    private readonly ConcurrentDictionary<string, byte> _announced = new(StringComparer.Ordinal);
    private RoomInfo? _info;
    private RoomRecord? _applied;
    private int _watchers;
    private volatile string? _owner;
    private volatile bool _stale;

    public LiveRoom(RoomsCore core, string token)
    {
        _core = core;
        Token = token;
        _pump = new Pump(RefreshIfWatchedAsync);
        Info = new(() => _info!, info => _info = info, SmallHistory);
        Timeline = new(new TimelineFeedStore(core, token));
        Signals = new(new TopicOptions<SealedSignal> { Key = static signal => (signal.Author, signal.Kind) });
    }

    public string Token { get; }

    /// <summary>How many are using this object. Under the lock of <see cref="LiveRooms"/>.</summary>
    public int Uses { get; set; }

    /// <summary>The owner's account, as last heard of; null before that.</summary>
    public string? Owner => _owner;

    /// <summary>Who of the participants is on this server, and what else they may be followed by.</summary>
    public LiveMembers Members => _members;

    public KeyedFeedSource<string, ParticipantInfo> Participants { get; } = new(static participant => participant.Id, options: SmallHistory);

    /// <summary>The room itself, from the first read on.</summary>
    public FeedSource<RoomInfo, RoomInfo> Info { get; }

    public StoredFeed<EntriesPage, EntriesChange> Timeline { get; }

    public Topic<SealedSignal> Signals { get; }

    /// <summary>Whether a change could not be read, so that followers do not know of it.</summary>
    public bool IsStale => _stale;

    /// <summary>Somebody follows the room, or its participants, until <see cref="RemoveWatcher"/>.</summary>
    public void AddWatcher() => Interlocked.Increment(ref _watchers);

    public void RemoveWatcher() => Interlocked.Decrement(ref _watchers);

    /// <summary>The room or somebody in it was changed in the store: those who follow it get to know soon.</summary>
    public void Changed() => _pump.Signal();

    /// <summary>The same, if what was written is known: those who follow it are told at once.</summary>
    public void Changed(OccupiedRoom now)
    {
        if (Volatile.Read(ref _watchers) == 0)
        {
            return;
        }

        if (!_reading.Wait(0))
        {
            Changed();
            return;
        }

        try
        {
            // What was read in the meantime may be newer.
            if (_applied is { } applied && applied.Owner == now.Room.Owner && applied.Offset < now.Room.Offset)
            {
                Apply(now);
            }
            else
            {
                Changed();
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Somebody in the room announced their member, in the store. Those who could not tell who that is are told of them again.</summary>
    public void Announced(string participation)
    {
        if (Volatile.Read(ref _watchers) > 0)
        {
            _announced.TryAdd(participation, 0);
            Changed();
        }
    }

    /// <summary>The room has this owner. What others may follow as its owner ends.</summary>
    public void SetOwner(string owner)
    {
        _owner = owner;
        _members.EndOwnersExcept(owner);
    }

    /// <summary>Reads the room, and tells those who follow it what is different. What was committed before the call is seen.</summary>
    /// <exception cref="LoopException"><c>room_not_found</c>, or the store failed.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var read = await _core.FindOccupiedAsync(Token, cancellationToken).ConfigureAwait(false);
            SetOwner(read.Room.Owner);
            Apply(read);
            _stale = false;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>The room is gone: everything ends.</summary>
    public void End()
    {
        var gone = RoomErrors.Of(ErrorCodes.RoomGone);
        Participants.Complete(gone);
        Info.Complete(gone);
        Timeline.Complete(gone);
        _members.EndAll(ErrorCodes.RoomGone);
    }

    public void Dispose()
    {
        Participants.Dispose();
        Info.Dispose();
        Timeline.Dispose();
        Signals.Complete();
    }

    private void Apply(OccupiedRoom occupied)
    {
        var (room, participants) = occupied;
        var present = RoomViews.Participants(room, participants);
        var info = RoomViews.Of(room, participants, RoomAccess.Participant) with { Participants = null };
        _applied = room;
        Participants.Update(batch =>
        {
            foreach (var gone in Participants.Items.Select(static participant => participant.Id).Except(present.Select(static participant => participant.Id)))
            {
                batch.Remove(gone);
                _announced.TryRemove(gone, out _);
            }

            foreach (var participant in present)
            {
                if (_announced.TryRemove(participant.Id, out _) | !batch.TryGet(participant.Id, out var known) || known != participant)
                {
                    batch.Put(participant);
                }
            }
        });

        // That somebody came or went is no news of the room itself.
        if (_info is null || _info with { UpdatedAt = null } != info with { UpdatedAt = null })
        {
            Info.Publish(info);
        }
    }

    private async Task RefreshIfWatchedAsync()
    {
        if (Volatile.Read(ref _watchers) == 0)
        {
            return;
        }

        try
        {
            await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoopException error) when (error.Code == ErrorCodes.RoomNotFound)
        {
            End();
        }
#pragma warning disable CA1031 // Nobody waits for this: it is tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _stale = true;
            _core.Log.RefreshFailed(exception);
        }
    }
}
