using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.WebRtc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loop.Sdk.Rooms;

/// <summary>The real client of rooms, on their two contracts.</summary>
internal sealed class ContractRoomsClient : RoomsClient, IDisposable
{
    private readonly RoomServices _services;
    private readonly RoomOpening _opening;
    private readonly RoomCreation _creation;
    private readonly OpenRooms _rooms = new();

    private ContractRoomsClient(RoomServices services)
    {
        _services = services;
        _opening = new RoomOpening(services);
        _creation = new RoomCreation(services, _opening);
        Owned = new OwnedRooms(services);
    }

    public override IFeed<KeyedSnapshot<RoomDetails>, KeyedChange<string, RoomDetails>> Owned { get; }

    public static ContractRoomsClient Create(
        IRooms rooms, ITimeline timeline, IPeerSignaling? peers, RoomsClientOptions? options, ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ArgumentNullException.ThrowIfNull(timeline);
        options ??= new RoomsClientOptions();
        RoomsClientOptionsValidator.Check(options);
        return new ContractRoomsClient(new RoomServices(rooms, timeline, peers, options.Copy(), (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<RoomsClient>()));
    }

    public override async Task<Room> CreateAsync(NewRoom room, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(room);
        _rooms.ThrowIfDisposed();
        _services.Options.RequireOwnerKey();
        var (scope, info) = await _creation.CreateAsync(room, cancellationToken).ConfigureAwait(false);
        return await StartAsync(_rooms.Reserve(scope.Ref.Token), scope, info, UrlOf(scope.Ref.Token), join: null, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<Room> OpenAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        _services.Options.RequireOwnerKey();
        var place = _rooms.Reserve(token);
        try
        {
            var info = await ReadAsync(token, cancellationToken).ConfigureAwait(false);
            if (info.Access != RoomAccess.Owner)
            {
                throw new LoopException(ErrorCodes.NotOwner, "The room is somebody else's: join it by its link.");
            }

            var scope = await _opening.OpenAsync(info, link: null, _services.Options.DisplayName, cancellationToken).ConfigureAwait(false);
            return await StartAsync(place, scope, info, UrlOf(token), join: null, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _rooms.Release(place);
            throw;
        }
    }

    public override async Task<Room> JoinAsync(RoomLink link, RoomJoin? join = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        var how = join ?? new RoomJoin();
        var name = ShownName.Checked(how.DisplayName ?? _services.Options.DisplayName);
        var place = _rooms.Reserve(link.RoomToken);
        try
        {
            var info = await ReadAsync(link.RoomToken, cancellationToken).ConfigureAwait(false);
            var scope = await _opening.OpenAsync(info, link.Key, name, cancellationToken).ConfigureAwait(false);
            return await StartAsync(place, scope, info, link.RoomUrl, how, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _rooms.Release(place);
            throw;
        }
    }

    public override async Task<RoomDetails> GetAsync(RoomLink link, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        var info = await ReadAsync(link.RoomToken, cancellationToken).ConfigureAwait(false);
        using var scope = await _opening.OpenAsync(info, link.Key, name: "", cancellationToken).ConfigureAwait(false);
        return RoomDetails.Of(info, scope.Reader.Read(info, static _ => null));
    }

    public override async Task<RoomDetails> GetOwnedAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var info = await ReadAsync(token, cancellationToken).ConfigureAwait(false);
        return await new OwnedRoomReader(_services).ReadAsync(info, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<IReadOnlyList<DeletedRoom>> DeleteAsync(IReadOnlyList<string> tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var deleted = await _services.Rooms.DeleteAsync(new DeleteRooms(tokens), cancellationToken).ConfigureAwait(false);
        return deleted.Rooms;
    }

    public override async ValueTask DisposeAsync() => await _rooms.DisposeAsync().ConfigureAwait(false);

    // For containers that are disposed of synchronously: nothing is waited for.
    public void Dispose() => _ = _rooms.DisposeAsync().AsTask();

    private async Task<RoomInfo> ReadAsync(string token, CancellationToken cancellationToken)
    {
        _rooms.ThrowIfDisposed();
        return await _services.Rooms.GetAsync(new RoomRef(token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Room> StartAsync(RoomPlace place, RoomScope scope, RoomInfo info, Uri? url, RoomJoin? join, CancellationToken cancellationToken)
    {
        var room = new OpenRoom(scope, info, url, _ => _rooms.Release(place));
        try
        {
            if (join is not null)
            {
                await room.JoinAsync(join, info, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await scope.TryAnnounceAsync(cancellationToken).ConfigureAwait(false);
                await room.StartAsync(info, cancellationToken).ConfigureAwait(false);
            }

            _rooms.Put(place, room);
            return room;
        }
        catch
        {
            await room.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Uri? UrlOf(string token) =>
        _services.Options.RoomUrl is { } url ? new Uri($"{url.AbsoluteUri.TrimEnd('/')}/{token}") : null;
}
