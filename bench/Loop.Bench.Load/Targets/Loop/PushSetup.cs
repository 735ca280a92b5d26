using Loop.Bench.Load.Payload;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Storage;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>What the server has besides the bench's own service where push is measured.</summary>
internal static class PushSetup
{
    /// <summary>Push in a SQLite file, every message on the disk before its sender is answered.</summary>
    public static LoopServerTarget CreateOnFile() => new(AddOnFile, Map);

    /// <summary>Push in memory.</summary>
    public static LoopServerTarget CreateInMemory() => new(Add, Map);

    private static void AddOnFile(ILoopServerBuilder builder)
    {
        Add(builder);
        StoreFile.Use(builder);
    }

    // One process makes all the load: no limit that is meant for one sender among many holds it up.
    private static void Add(ILoopServerBuilder builder) => builder.AddCredentialValidator<NameCredentials>().AddPush(static options =>
    {
        options.EndpointRate = null;
        options.MaxSubscriptionMessages = 1_000_000;
        options.MaxSubscriptionBytes = 1 << 30;
        options.MaxAccountMessages = 1_000_000;
        options.MaxAccountBytes = 1 << 30;
    });

    private static void Map(WebApplication app)
    {
        app.MapLoopPush();
        app.MapGet("/control/backlog", static async (string endpoint, int messages, IPushStorage storage) =>
            Results.Json(await PushBacklog.StoreAsync(storage, endpoint, messages), BenchJson.Default.Int32));
    }
}
