using Loop.Bench.Load.Targets.Bare;
using Loop.Sdk.Server;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>What the server has besides the bench's own service where the Loop HTTP API is measured, and the bare endpoints beside it.</summary>
internal static class LoopApiSetup
{
    /// <summary>Rooms and sessions in a SQLite file, as by default.</summary>
    public static LoopServerTarget CreateOnFile() => new(AddOnFile, Map);

    /// <summary>Rooms and sessions in memory.</summary>
    public static LoopServerTarget CreateInMemory() => new(Add, Map);

    // Few clients make all the load.
    private static void Add(ILoopServerBuilder builder) => builder.AddLoopHttpApi(static options =>
    {
        options.RoomUrl = "https://hello.example/{token}";
        options.MaxNoncesPerSession = 10_000_000;
        options.MaxNonces = 100_000_000;
    });

    private static void AddOnFile(ILoopServerBuilder builder)
    {
        Add(builder);
        StoreFile.Use(builder);
    }

    private static void Map(WebApplication app)
    {
        BareEndpoints.Map(app);
        app.MapLoopHttpApi();
    }
}
