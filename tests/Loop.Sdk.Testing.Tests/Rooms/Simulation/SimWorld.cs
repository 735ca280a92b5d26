using System.Collections.Concurrent;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Testing.Tests.Rooms.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>The server, two devices of the owner, five guests, and the rooms between them.</summary>
internal sealed class SimWorld : IAsyncDisposable
{
    public const string Owner = "ada";

    private const int Guests = 5;

    private readonly ConcurrentQueue<string> _trace = new();
    private volatile TaskCompletionSource _touched = NewSource();

    private SimWorld(long seed, RoomWorld world)
    {
        Random = new Random((int)(seed ^ (seed >> 32)));
        World = world;
    }

    public Random Random { get; }

    public RoomWorld World { get; }

    public FakeClock Clock => World.Clock;

    public List<SimUser> Users { get; } = [];

    /// <summary>The rooms whose creation was acknowledged. The first one lasts.</summary>
    public ConcurrentQueue<SimRoom> Rooms { get; } = new();

    /// <summary>Whether the owner's devices have given the same name in the first room.</summary>
    public bool IsAgreed { get; set; }

    public SimTally Tally { get; } = new();

    /// <summary>What the server keeps, also over its restarts.</summary>
    public IRoomStorage Storage => World.Host.Services.GetRequiredService<IRoomStorage>();

    /// <summary>What happened so far, for a person to read.</summary>
    public IEnumerable<string> Trace => _trace;

    public static async Task<SimWorld> StartAsync(long seed)
    {
        // So small that feeds begin anew, and pages are turned, all the time.
        var logs = new SimLogs();
        var started = await RoomWorld.StartAsync(
            static server => server.Services.Configure<RoomsOptions>(static rooms =>
            {
                rooms.TimelinePage = 5;
                rooms.MaxCatchUp = 8;
            }),
            logs);
        var world = new SimWorld(seed, started);
        logs.Note = world.Note;
        await world.AddAsync("ada1", await world.World.OwnerAsync(), isOwner: true);
        await world.AddAsync("ada2", await world.World.OwnerAsync(), isOwner: true);
        for (var number = 1; number <= Guests; number++)
        {
            await world.AddAsync($"guest{number}", await world.World.GuestAsync($"guest{number}"), isOwner: false);
        }

        await SimDeeds.CreateAsync(world, world.Users[0]);
        return world;
    }

    public T Pick<T>(IReadOnlyList<T> list) => list[Random.Next(list.Count)];

    public bool Chance(int percent) => Random.Next(100) < percent;

    /// <summary>Something changed that somebody may wait for.</summary>
    public void Touch() => Interlocked.Exchange(ref _touched!, NewSource()).TrySetResult();

    /// <summary>Completes at the next change.</summary>
    public Task WhenTouchedAsync() => _touched.Task;

    public void Note(string what) => _trace.Enqueue($"{Clock.GetUtcNow():mm:ss.fff} {what}");

    /// <summary>Moves the clock until a task is done, but no further than given.</summary>
    public Task PassAsync(Task task, TimeSpan most, TimeSpan step) => Clock.AdvanceUntilAsync(Task.WhenAny(task, Task.Delay(most, Clock)), step);

    public async ValueTask DisposeAsync()
    {
        // Nobody waits for anybody who cannot be reached.
        var disposing = World.DisposeAsync().AsTask();
        await Clock.AdvanceUntilAsync(disposing, TimeSpan.FromSeconds(1));
        foreach (var user in Users)
        {
            await user.DisposeAsync();
        }
    }

    private async Task AddAsync(string name, RoomUser user, bool isOwner)
    {
        await user.Device.Client.ConnectAsync();
        Users.Add(new SimUser(this, user, name, isOwner));
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
