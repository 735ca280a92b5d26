using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server;
using Loop.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using IRoomStorage = Loop.Sdk.Server.Storage.IRoomStorage;
using MemoryRoomStorage = Loop.Sdk.Server.Storage.MemoryRoomStorage;

namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>A server, a room, and people who mesh in it. The clock stands still unless a test moves it.</summary>
internal sealed class MeshWorld : IAsyncDisposable
{
    /// <summary>For engines that need no time of their own.</summary>
    public static readonly TimeSpan DefaultStep = TimeSpan.FromMilliseconds(100);

    private readonly Func<string, IPeerConnectionFactory> _engine;
    private readonly TimeSpan _step;
    private readonly OwnerKey _ownerKey = OwnerKey.Generate();
    private readonly List<MeshUser> _users = [];
    private LoopTestHost _host = null!;
    private Room? _room;

    private MeshWorld(Func<string, IPeerConnectionFactory> engine, TimeSpan step) => (_engine, _step) = (engine, step);

    public FakeClock Clock { get; } = new();

    public LoopTestHost Host => _host;

    /// <summary>Starts the server.</summary>
    /// <param name="engine">Makes the engine of a host.</param>
    /// <param name="step">How far the clock goes at a time in <see cref="SoonAsync"/>; null for an engine whose time is this clock's.</param>
    public static async Task<MeshWorld> StartAsync(Func<string, IPeerConnectionFactory> engine, TimeSpan? step = null)
    {
        var world = new MeshWorld(engine, step ?? DefaultStep);
        var storage = new MemoryRoomStorage();
        world._host = await LoopTestHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IRoomStorage>(storage);
                builder.AddWebRtc();
            },
            new LoopTestHostOptions
            {
                Time = world.Clock,
                ConfigureServer = static options =>
                {
                    options.AllowAnonymous = true;
                    options.RateLimits.SessionCalls = null;
                },
            });
        return world;
    }

    /// <summary>The owner, in the room and in the mesh.</summary>
    public async Task<MeshUser> OwnerAsync(MeshOptions? options = null)
    {
        var user = Add("Ada", "ada");
        var room = await user.Rooms.CreateAsync(new NewRoom { Context = new RoomContext { RoomName = "Plans" } });
        await room.JoinAsync();
        _room = room;
        await user.EnterAsync(room, Options("Ada", options));
        return user;
    }

    /// <summary>A guest, in the room and in the mesh.</summary>
    public async Task<MeshUser> GuestAsync(string name, MeshOptions? options = null, Func<IPeerSignaling, IPeerSignaling>? lies = null)
    {
        var user = Add(name, null, lies);
        using var link = _room!.CreateLink();
        await user.EnterAsync(await user.Rooms.JoinAsync(link), Options(name, options));
        return user;
    }

    /// <summary>Joins the room and not the mesh.</summary>
    public async Task<MeshUser> BystanderAsync(string name)
    {
        var user = Add(name, null);
        using var link = _room!.CreateLink();
        user.Room = await user.Rooms.JoinAsync(link);
        return user;
    }

    public MeshOptions Options(string host, MeshOptions? options = null) => (options ?? new MeshOptions { Factory = null! }) with { Factory = _engine(host) };

    /// <summary>Waits for something that may take the clock a while.</summary>
    public async Task SoonAsync(Task task)
    {
        await Clock.AdvanceUntilAsync(task, _step);
        await task;
    }

    /// <summary>Lets time go by in which nothing is to happen, whatever the engine does.</summary>
    public Task PassAsync(TimeSpan time) => Clock.AdvanceUntilAsync(Task.Delay(time, Clock), DefaultStep);

    public async ValueTask DisposeAsync()
    {
        foreach (var user in _users)
        {
            user.Device.Link.IsRefusing = false;
            await user.DisposeAsync();
        }

        await _host.DisposeAsync();
        _ownerKey.Dispose();
    }

    private MeshUser Add(string name, string? account, Func<IPeerSignaling, IPeerSignaling>? lies = null)
    {
        var device = _host.CreateClient(account, static options => options.CallTimeout = Timeout.InfiniteTimeSpan);
        var options = new RoomsClientOptions { DisplayName = name, TimeProvider = Clock, RoomUrl = new Uri("https://hello.example/r"), OwnerKey = account is null ? null : _ownerKey };
        var peers = device.Service<IPeerSignaling>();
        var user = new MeshUser(device, RoomsClient.Create(device.Service<IRooms>(), device.Service<ITimeline>(), options, peers: lies?.Invoke(peers) ?? peers));
        _users.Add(user);
        return user;
    }
}
