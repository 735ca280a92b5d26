using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Rooms;

/// <summary>What all sessions' rooms share: the store, and who is to hear of its changes.</summary>
internal sealed class RoomsCore
{
    private readonly LoopServer _server;
    private string? _storeEpoch;

    public RoomsCore(
        IRoomStorage storage, IOptions<RoomsOptions> options, TimeProvider time, LoopServer server, RoomsMetrics metrics, ILogger<RoomsCore> logger)
    {
        _server = server;
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

    /// <summary>A room, or somebody in it, was changed in the store.</summary>
    public void Changed(string token, string? owner)
    {
        Live.Find(token)?.Changed();
        if (owner is not null)
        {
            Owners.Changed(owner);
        }
    }
}
