using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Testing.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Testing.Tests.Rooms.Harness;

/// <summary>A server with rooms, and people who use them.</summary>
internal sealed class RoomWorld : IAsyncDisposable
{
    private readonly List<RoomUser> _users = [];
    private LoopTestHost _host = null!;
    private ILoggerFactory? _logs;

    public FakeClock Clock { get; } = new();

    public LoopTestHost Host => _host;

    public SessionEnds Sessions { get; } = new();

    /// <summary>The key ring of the user who owns rooms, on all of the user's devices.</summary>
    public OwnerKey OwnerKey { get; } = OwnerKey.Generate();

    public static async Task<RoomWorld> StartAsync(Action<ILoopServerBuilder>? configure = null, ILoggerFactory? logs = null)
    {
        var world = new RoomWorld { _logs = logs };
        var storage = new MemoryRoomStorage();
        var options = new LoopTestHostOptions
        {
            Time = world.Clock,
            LoggerFactory = logs,
            ConfigureServer = static server =>
            {
                server.AllowAnonymous = true;
                server.RateLimits.SessionCalls = null;
            },
        };
        world._host = await LoopTestHost.StartAsync(
            builder =>
            {
                // What is an instance outlives restarts, as a file does.
                builder.Services.AddSingleton<IRoomStorage>(storage);
                builder.AddRooms();
                builder.AddContract<IProbe>(session =>
                {
                    world.Sessions.Watch(session);
                    return new Probe(new World());
                });
                configure?.Invoke(builder);
            },
            options);
        return world;
    }

    /// <summary>The owner on a device.</summary>
    public Task<RoomUser> OwnerAsync(Action<RoomsClientOptions>? configure = null) => UserAsync("ada", options =>
    {
        options.OwnerKey = OwnerKey;
        options.DisplayName = "Ada";
        configure?.Invoke(options);
    });

    public Task<RoomUser> GuestAsync(string name, Action<RoomsClientOptions>? configure = null) => UserAsync(null, options =>
    {
        options.DisplayName = name;
        configure?.Invoke(options);
    });

    public async Task<RoomUser> UserAsync(string? account, Action<RoomsClientOptions> configure)
    {
        // Moving the clock to lose a session must not make calls late.
        var device = _host.CreateClient(account, static options => options.CallTimeout = Timeout.InfiniteTimeSpan);
        var options = new RoomsClientOptions { RoomUrl = new Uri("https://hello.example/r"), TimeProvider = Clock };
        configure(options);
        var user = new RoomUser(device, device.Client.UseRooms(options, _logs));
        _users.Add(user);

        // So the server tells when the session ends.
        await device.Probe().TouchAsync();
        return user;
    }

    /// <summary>Waits for something that may take the clock a while.</summary>
    public async Task<T> SoonAsync<T>(Task<T> task)
    {
        await Clock.AdvanceUntilAsync(task, TimeSpan.FromMilliseconds(100));
        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in _users)
        {
            user.Device.Link.IsRefusing = false;
        }

        await _host.DisposeAsync();
        foreach (var user in _users)
        {
            await user.DisposeAsync();
        }

        OwnerKey.Dispose();
    }
}
