using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Rooms;

/// <summary>What all sessions' rooms share: the store, and who is to hear of its changes.</summary>
internal sealed class RoomsCore
{
    private readonly LoopServer _server;
    private readonly IOwnerObserver[] _observers;
    private string? _storeEpoch;

    public RoomsCore(
        IRoomStorage storage,
        IOptions<RoomsOptions> options,
        TimeProvider time,
        LoopServer server,
        RoomsMetrics metrics,
        IEnumerable<IOwnerObserver> observers,
        ILogger<RoomsCore> logger)
    {
        _server = server;
        _observers = [.. observers];
        Storage = storage;
        Options = options.Value;
        Time = time;
        Metrics = metrics;
        Log = new RoomsLog(logger);
        Live = new LiveRooms(this);
        Owners = new OwnerFeeds(this);
        Sessions = new RoomSessions(this);
        Leases = new LeaseKeeper(this);
    }

    public IRoomStorage Storage { get; }

    public RoomsOptions Options { get; }

    public TimeProvider Time { get; }

    public RoomsMetrics Metrics { get; }

    public RoomsLog Log { get; }

    /// <summary>The rooms that somebody here is in or follows.</summary>
    public LiveRooms Live { get; }

    /// <summary>The lists of rooms that somebody here follows.</summary>
    public OwnerFeeds Owners { get; }

    public RoomSessions Sessions { get; }

    public LeaseKeeper Leases { get; }

    /// <summary>The time, ms since 1970.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whether sessions end because the server goes away, and not because their clients do.</summary>
    public bool IsDraining => _server.IsDraining;

    /// <summary>The store's identity.</summary>
    public async ValueTask<string> StoreEpochAsync(CancellationToken cancellationToken) =>
        _storeEpoch ??= await Storage.Rooms.GetEpochAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>A room that has not expired.</summary>
    /// <exception cref="LoopException"><c>room_not_found</c>.</exception>
    public async ValueTask<RoomRecord> FindAsync(string token, CancellationToken cancellationToken) =>
        await Storage.Rooms.GetAsync(token, cancellationToken).ConfigureAwait(false) is { } room && room.ExpiresAt > Now ? room : throw RoomErrors.NotFound();

    /// <summary>The same, with those who are in it.</summary>
    /// <exception cref="LoopException"><c>room_not_found</c>.</exception>
    public async ValueTask<OccupiedRoom> FindOccupiedAsync(string token, CancellationToken cancellationToken) =>
        await Storage.Rooms.GetOccupiedAsync(token, Now, cancellationToken).ConfigureAwait(false) is { } room && room.Room.ExpiresAt > Now ? room : throw RoomErrors.NotFound();

    /// <summary>Whether somebody wants to hear of changes that nobody here follows.</summary>
    public bool IsObserved => Owners.Count > 0 || _observers.Length > 0;

    /// <summary>A room, or somebody in it, was changed in the store.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="owner">The owner's account, if it is known.</param>
    /// <param name="at">When, as the store was told, ms since 1970.</param>
    public void Changed(string token, string? owner, long at)
    {
        Live.Find(token)?.Changed();
        if (owner is not null)
        {
            OwnerChanged(owner, at);
        }
    }

    /// <summary>The same, if those who follow the room itself know already.</summary>
    public void OwnerChanged(string owner, long at)
    {
        Owners.Changed(owner);
        foreach (var observer in _observers)
        {
            observer.Changed(owner, at);
        }
    }

    /// <summary>Deletes rooms of an owner, and ends what is going on in them.</summary>
    /// <returns>The tokens of those that there were.</returns>
    public async ValueTask<HashSet<string>> DeleteAsync(string owner, IReadOnlyCollection<string> tokens, CancellationToken cancellationToken)
    {
        var now = Now;
        var deleted = (await Storage.Rooms.DeleteAsync(owner, tokens, now, cancellationToken).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        foreach (var token in deleted)
        {
            Live.Find(token)?.End();
        }

        if (deleted.Count > 0)
        {
            OwnerChanged(owner, now);
        }

        return deleted;
    }
}
