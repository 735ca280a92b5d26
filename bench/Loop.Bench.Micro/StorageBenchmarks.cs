using BenchmarkDotNet.Attributes;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Bench.Micro;

/// <summary>The SQLite store on a file: what a list of 10 000 rooms costs, and how many durable entries 50 writers get into one timeline.</summary>
public class StorageBenchmarks
{
    private const int Rooms = 10_000;
    private const int Writers = 50;
    private const int EntriesEach = 20;
    private const string Owner = "owner";

    private readonly string _folder = Directory.CreateTempSubdirectory("loop-bench-").FullName;
    private readonly byte[] _payload = new byte[250];
    private ServiceProvider _services = null!;
    private IRoomStorage _store = null!;
    private int _run;

    [GlobalSetup]
    public async Task Setup()
    {
        var services = new ServiceCollection();
        services.AddLoopServer().UseSqlite(Path.Combine(_folder, "loop.db"));
        _services = services.BuildServiceProvider();
        _store = _services.GetRequiredService<IRoomStorage>();
        await Task.WhenAll(Enumerable.Range(0, Rooms + 1).Select(index => _store.Rooms.CreateAsync(Room(index), CancellationToken.None)));
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public Task<RoomChanges> ListAllFromAnOffset() => _store.Rooms.ListAsync(Owner, 1, RoomStorageLimits.MaxChanges, CancellationToken.None);

    [Benchmark]
    public Task<RoomChanges> ListTheLastTen() => _store.Rooms.ListAsync(Owner, Rooms - 9, RoomStorageLimits.MaxChanges, CancellationToken.None);

    [Benchmark(OperationsPerInvoke = Writers * EntriesEach)]
    public Task AppendFromFiftyWriters()
    {
        var run = _run++;
        return Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => AppendAsync(writer, run)));
    }

    private static NewRoom Room(int index) => new()
    {
        Token = $"room-{index}",
        Owner = Owner,
        CreatedAt = 1000,
        ExpiresAt = 1_000_000,
        MaxSize = 8,
        Context = new SealedContext(new string('c', 300), "loop.v2", 1, null),
        WrappedKey = new string('w', 120),
        Epoch = 1,
    };

    private async Task AppendAsync(int writer, int run)
    {
        for (var index = 0; index < EntriesEach; index++)
        {
            var entry = new NewEntry { Room = "room-0", Author = $"member-{writer}", Key = $"{run}-{index}", Kind = "chat", Payload = _payload };
            await _store.Timelines.AppendAsync(entry, 1000, CancellationToken.None);
        }
    }
}
