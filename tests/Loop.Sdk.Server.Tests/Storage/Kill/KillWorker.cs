using System.Text;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Kill;

/// <summary>The process that is killed: it writes as fast as it can, and prints each write once it was acknowledged.</summary>
internal static class KillWorker
{
    public const string Name = "storage-worker";

    /// <summary>As a fourth argument: acknowledge before the commit.</summary>
    public const string Early = "early";

    public const string Timeline = "shared";
    public const string Owner = "ada";
    public const string Application = "app";
    public const string Agent = "agent";
    public const string Endpoint = "endpoint";
    public const string Windows = "windows";
    public static readonly string[] Members = ["m1", "m2", "m3"];

    private const int Writers = 8;

    private static readonly Lock Gate = new();

    public static async Task RunAsync(string file, string round, bool isEarly)
    {
        var database = SqliteFolder.Open(new SqliteStorageOptions { Path = file });
        IRoomStorage store = isEarly ? new EarlyStorage(new SqliteRoomStorage(database)) : new SqliteRoomStorage(database);
        var availability = new SqliteAvailabilityStorage(database);
        var push = new SqlitePushStorage(database);
        if (await push.Agents.FindAsync(Agent, CancellationToken.None) is null)
        {
            await push.Agents.AddAsync(PushSamples.Agent(Agent), 1, CancellationToken.None);
            await push.Agents.SubscribeAsync(PushSamples.Subscription(Agent, "c1", Endpoint), CancellationToken.None);
        }

        var windows = new SqliteUserAgentStorage(database);
        await windows.StartSessionAsync(Windows, UserAgentSamples.Session("first"), CancellationToken.None);
        await store.Rooms.CreateAsync(Samples.Room(Timeline, Owner), CancellationToken.None);
        using var output = Console.OpenStandardOutput();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(store, availability, push, windows, output, $"{round}-{writer}"))));
    }

    private static async Task WriteAsync(IRoomStorage store, SqliteAvailabilityStorage availability, SqlitePushStorage push, SqliteUserAgentStorage windows, Stream output, string name)
    {
        // Ends with the process.
        for (var index = 0; ; index++)
        {
            var token = $"{name}-{index}";
            var entry = await store.Timelines.AppendAsync(Samples.Entry(token, name, Timeline, Encoding.UTF8.GetBytes(token)), Samples.Now, CancellationToken.None);
            Print(output, $"entry {entry.Entry!.Sequence} {token}");
            await store.Rooms.CreateAsync(Samples.Room(token, Owner), CancellationToken.None);
            Print(output, $"room 0 {token}");
            await store.Rooms.RotateAsync(token, Samples.Rotation(2, Members), Samples.Now, CancellationToken.None);
            Print(output, $"rotated 2 {token}");
            await availability.GrantAsync(new GrantRecord(Application, token, token, Samples.Now), 1, CancellationToken.None);
            Print(output, $"granted 0 {token}");
            var pushed = await push.Messages.StoreAsync(PushSamples.Message(token, Endpoint), PushQuota.None, CancellationToken.None);
            Print(output, $"pushed {pushed.Sequence} {token}");
            await BrowseAsync(windows, output, token, index);
            if (index % 3 == 0)
            {
                await availability.RevokeAsync(token, Application, CancellationToken.None);
                Print(output, $"revoked 0 {token}");
                await push.Messages.AcknowledgeAsync([new(Agent, token, PushOutcome.Delivered)], Samples.Now, CancellationToken.None);
                Print(output, $"received 0 {token}");
                await store.Rooms.DeleteAsync(Owner, [token], Samples.Now, CancellationToken.None);
                Print(output, $"deleted 0 {token}");
            }
        }
    }

    private static async Task BrowseAsync(SqliteUserAgentStorage windows, Stream output, string token, int index)
    {
        var url = $"https://{token}.example/";
        await windows.AddVisitAsync(Windows, UserAgentSamples.Visit(url, UserAgentSamples.Now + index, token, token), CancellationToken.None);
        Print(output, $"visited 0 {token}");
        await windows.SavePageAsync(Windows, UserAgentSamples.Page(url, $"text of {token}"), CancellationToken.None);
        await windows.StarAsync(Windows, UserAgentSamples.Star(url, most: int.MaxValue), CancellationToken.None);
        Print(output, $"starred 0 {token}");
        if (index % 3 == 0)
        {
            await windows.ForgetAsync(Windows, new ForgetRange { Url = url, Stars = true }, 0, 10, CancellationToken.None);
            Print(output, $"forgotten 0 {token}");
        }
    }

    private static void Print(Stream output, string line)
    {
        lock (Gate)
        {
            output.Write(Encoding.ASCII.GetBytes(line + "\n"));
        }
    }
}
