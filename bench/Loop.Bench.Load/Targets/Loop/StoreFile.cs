using Loop.Sdk.Server;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>A SQLite file that goes with the process.</summary>
internal static class StoreFile
{
    public static void Use(ILoopServerBuilder builder)
    {
        var folder = Directory.CreateTempSubdirectory("loop-bench-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        builder.UseSqlite(Path.Combine(folder.FullName, "bench.db"));
    }
}
