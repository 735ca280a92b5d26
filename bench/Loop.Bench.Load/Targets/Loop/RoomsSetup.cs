using Loop.Bench.Load.Workloads;
using Loop.Sdk.Server;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>What the server has besides the bench's own service where rooms are measured.</summary>
internal static class RoomsSetup
{
    /// <summary>Rooms in a SQLite file, as by default.</summary>
    public static LoopServerTarget CreateOnFile(string workload) => new(workload == WorkloadNames.Rooms ? AddOnFile : null);

    /// <summary>Rooms in memory.</summary>
    public static LoopServerTarget CreateInMemory(string workload) => new(workload == WorkloadNames.Rooms ? Add : null);

    private static void Add(ILoopServerBuilder builder) => builder.AddCredentialValidator<NameCredentials>().AddRooms(static options =>
    {
        options.MaxParticipants = 500;
        options.MaxRoomsPerOwner = 100_000;
        options.MaxCatchUp = 100_000;
        options.TimelineCount = 1_000_000;
    });

    private static void AddOnFile(ILoopServerBuilder builder)
    {
        var folder = Directory.CreateTempSubdirectory("loop-bench-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        Add(builder);
        builder.UseSqlite(Path.Combine(folder.FullName, "rooms.db"));
    }
}
