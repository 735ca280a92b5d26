using Loop.Sdk.Server;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>What the server has besides the bench's own service where rooms are measured.</summary>
internal static class RoomsSetup
{
    /// <summary>Rooms in a SQLite file, as by default.</summary>
    public static LoopServerTarget CreateOnFile() => new(AddOnFile);

    /// <summary>Rooms in memory.</summary>
    public static LoopServerTarget CreateInMemory() => new(Add);

    private static void Add(ILoopServerBuilder builder) => builder.AddCredentialValidator<NameCredentials>().AddRooms(static options =>
    {
        options.MaxParticipants = 500;
        options.MaxRoomsPerOwner = 100_000;
        options.MaxCatchUp = 100_000;
        options.TimelineCount = 1_000_000;
    });

    private static void AddOnFile(ILoopServerBuilder builder)
    {
        Add(builder);
        StoreFile.Use(builder);
    }
}
