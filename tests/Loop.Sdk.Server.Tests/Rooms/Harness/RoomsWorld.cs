using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Harness;
using Loop.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Rooms.Harness;

/// <summary>A server with rooms, on a clock that the test moves.</summary>
internal sealed class RoomsWorld : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private LoopTestHost? _host;

    private RoomsWorld() => _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));

    public FakeClock Clock { get; } = new();

    public LogRecorder Logs { get; } = new();

    /// <summary>The store, in memory, which outlives restarts.</summary>
    public MemoryRoomStorage Storage { get; } = new();

    public LoopTestHost Host => _host!;

    public RoomsCore Core => Host.Services.GetRequiredService<RoomsCore>();

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static Task<RoomsWorld> StartAsync(Action<RoomsOptions>? rooms = null, Action<LoopServerOptions>? server = null) =>
        StartAsync((world, builder) => builder.Services.AddSingleton<IRoomStorage>(world.Storage), rooms, server);

    public static async Task<RoomsWorld> StartAsync(Action<RoomsWorld, ILoopServerBuilder> store, Action<RoomsOptions>? rooms = null, Action<LoopServerOptions>? server = null)
    {
        var world = new RoomsWorld();
        var options = new LoopTestHostOptions
        {
            Time = world.Clock,
            LoggerFactory = world._loggers,
            ConfigureServer = options =>
            {
                options.AllowAnonymous = true;
                server?.Invoke(options);
            },
        };
        world._host = await LoopTestHost.StartAsync(builder => store(world, builder.AddRooms(rooms)), options);
        return world;
    }

    /// <summary>A client of an account, or of nobody.</summary>
    public RoomsUser User(string? account) => new(Host.CreateClient(account));

    /// <summary>A room of an account, with an epoch.</summary>
    public static async Task<RoomInfo> CreateAsync(RoomsUser owner, Func<CreateRoom, CreateRoom>? change = null)
    {
        var token = (await owner.Rooms.ReserveAsync()).Token;
        var room = new CreateRoom { Token = token, Epoch = 1, Context = Sealed.Context(1, 1), WrappedKey = "wrapped-1" };
        return await owner.Rooms.CreateAsync(change?.Invoke(room) ?? room);
    }

    /// <summary>Moves the clock until something is so, and keeps clients alive meanwhile.</summary>
    public async Task PassUntilAsync(Task task, params RoomsUser[] alive)
    {
        var patience = Task.Delay(TimeSpan.FromSeconds(30));
        while (!task.IsCompleted)
        {
            Assert.IsFalse(patience.IsCompleted, "It does not become so.");
            await StepAsync(alive);
        }

        await task;
    }

    /// <summary>Moves the clock until something is so, which nobody announces.</summary>
    public async Task PassUntilAsync(Func<Task<bool>> condition, params RoomsUser[] alive)
    {
        for (var step = 0; !await condition(); step++)
        {
            Assert.IsLessThan(10_000, step, "It does not become so.");
            await StepAsync(alive);
        }
    }

    /// <summary>Moves the clock, and keeps clients alive meanwhile.</summary>
    public async Task PassAsync(TimeSpan time, params RoomsUser[] alive)
    {
        for (var end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            await StepAsync(alive);
        }
    }

    // Shorter than a keep-alive. The calls show that the connections live, and give others time.
    private async Task StepAsync(RoomsUser[] alive)
    {
        Clock.Advance(TimeSpan.FromSeconds(5));
        foreach (var user in alive)
        {
            await user.Rooms.GetAsync(new RoomRef("AAAAAAAAAAA")).CodeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _loggers.Dispose();
    }
}
