using System.Globalization;
using System.Text;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Kill;

[TestClass]
public sealed class KillTests
{
    private const int Rounds = 20;
    private const int Seed = 20;

    [TestMethod]
    public async Task Acknowledged_writes_are_there_and_whole_when_the_process_is_killed_twenty_times()
    {
        using var folder = new SqliteFolder();
        var random = new Random(Seed);
        var acknowledged = new List<(string Kind, long Number, string Token)>();
        for (var round = 0; round < Rounds; round++)
        {
            acknowledged.AddRange(await RunAsync(folder, round, random.Next(1, 600), isEarly: false));
            var losses = await VerifyAsync(folder, acknowledged);
            Assert.IsEmpty(losses, string.Join(' ', losses));
        }
    }

    [TestMethod]
    public async Task A_store_that_acknowledges_before_its_commit_is_caught()
    {
        using var folder = new SqliteFolder();
        var random = new Random(Seed);
        var acknowledged = new List<(string Kind, long Number, string Token)>();
        var losses = new List<string>();
        for (var round = 0; round < Rounds && losses.Count == 0; round++)
        {
            acknowledged.AddRange(await RunAsync(folder, round, random.Next(1, 600), isEarly: true));
            losses = await VerifyAsync(folder, acknowledged);
        }

        Assert.IsNotEmpty(losses);
    }

    private static async Task<IEnumerable<(string Kind, long Number, string Token)>> RunAsync(SqliteFolder folder, int round, int acknowledged, bool isEarly)
    {
        var lines = await KillRound.RunAsync(folder.File, round, acknowledged, isEarly);
        Assert.AreNotEqual(0, lines.Count, $"Round {round}: the worker did not run.");

        // The last line may have been cut by the kill; then nobody was told of its write.
        return lines.Select(static line => line.Split(' ')).Where(static words => words is [_, _, { Length: > 0 }])
            .Select(static words => (words[0], long.Parse(words[1], CultureInfo.InvariantCulture), words[2])).SkipLast(1);
    }

    /// <summary>What was acknowledged and is not there. What is there must be whole.</summary>
    private static async Task<List<string>> VerifyAsync(SqliteFolder folder, List<(string Kind, long Number, string Token)> acknowledged)
    {
        await using var database = folder.Open();
        var store = new SqliteRoomStorage(database);
        await VerifyTimelineAsync(store, acknowledged);
        await VerifyGrantsAsync(new SqliteAvailabilityStorage(database), acknowledged);
        await VerifyMessagesAsync(new SqlitePushStorage(database), acknowledged);
        await VerifyPlacesAsync(new SqliteUserAgentStorage(database), acknowledged);
        await UserAgentRebuild.CheckAsync(database);

        // From before the first change: all rooms and all tombstones there ever were.
        var changes = await store.Rooms.ListAsync(KillWorker.Owner, 1, RoomStorageLimits.MaxChanges, CancellationToken.None);
        var all = changes.Items.Where(static change => change.Token != KillWorker.Timeline).ToDictionary(static change => change.Token, static change => change.Room);

        // Each offset was given once: to the creation, the rotation, and the deletion of each room.
        Assert.AreEqual(1 + all.Values.Sum(static room => room is null ? 3 : room.Epoch), changes.Offset);
        foreach (var room in all.Values.OfType<RoomRecord>())
        {
            await VerifyWholeAsync(store, room);
        }

        return [.. acknowledged.Where(write => IsLost(write, all)).Select(static write => $"{write.Kind} {write.Token}")];
    }

    private static bool IsLost((string Kind, long Number, string Token) write, Dictionary<string, RoomRecord?> all) => write.Kind switch
    {
        "room" => !all.ContainsKey(write.Token),
        "rotated" => !all.TryGetValue(write.Token, out var room) || room is { Epoch: not 2 },
        "deleted" => !all.TryGetValue(write.Token, out var room) || room is not null,
        _ => false,
    };

    private static async Task VerifyGrantsAsync(SqliteAvailabilityStorage store, List<(string Kind, long Number, string Token)> acknowledged)
    {
        foreach (var token in acknowledged.Where(static write => write.Kind == "revoked").Select(static write => write.Token))
        {
            Assert.IsNull(await store.FindPersonAsync(KillWorker.Application, token, CancellationToken.None), $"The end of the grant {token} is lost.");
        }

        foreach (var token in acknowledged.Where(static write => write.Kind == "granted" && !IsThird(write.Token)).Select(static write => write.Token))
        {
            Assert.IsNotNull(await store.FindPersonAsync(KillWorker.Application, token, CancellationToken.None), $"The grant {token} is lost.");
        }
    }

    private static async Task VerifyMessagesAsync(SqlitePushStorage store, List<(string Kind, long Number, string Token)> acknowledged)
    {
        var waiting = new Dictionary<string, long>();
        for (var cursor = new PushCursor(IsPlain: true, 0); await store.Messages.ReadAsync(KillWorker.Agent, cursor, long.MaxValue, PushStorageLimits.MaxItems, CancellationToken.None) is { Count: > 0 } page;)
        {
            cursor = page[^1].Cursor;
            foreach (var message in page)
            {
                waiting.Add(message.Id, message.Sequence);
            }
        }

        var received = acknowledged.Where(static write => write.Kind == "received").Select(static write => write.Token).ToHashSet();
        Assert.IsFalse(received.Overlaps(waiting.Keys), "A message is back that was received.");
        foreach (var (_, sequence, token) in acknowledged.Where(static write => write.Kind == "pushed" && !IsThird(write.Token)))
        {
            Assert.AreEqual(sequence, waiting.GetValueOrDefault(token), $"The message {token} is lost.");
        }

        // The sums that quotas look at are those of what is there.
        var quota = new PushQuota(waiting.Count, long.MaxValue, long.MaxValue, long.MaxValue);
        var more = PushSamples.Message("more", KillWorker.Endpoint);
        Assert.AreEqual(PushStoreOutcome.SubscriptionFull, (await store.Messages.StoreAsync(more, quota, CancellationToken.None)).Outcome);
        Assert.AreEqual(PushStoreOutcome.Done, (await store.Messages.StoreAsync(more, quota with { SubscriptionMessages = waiting.Count + 1 }, CancellationToken.None)).Outcome);
        await store.Messages.CancelAsync("more", PushSamples.Now, CancellationToken.None);
    }

    private static async Task VerifyPlacesAsync(SqliteUserAgentStorage store, List<(string Kind, long Number, string Token)> acknowledged)
    {
        var visited = (await store.ListVisitedAsync(KillWorker.Windows, null, UserAgentStorageLimits.MaxItems, CancellationToken.None)).Items.ToDictionary(static place => place.Url);
        foreach (var (kind, _, token) in acknowledged.Where(static write => write.Kind is "visited" or "starred" or "forgotten"))
        {
            var place = visited.GetValueOrDefault($"https://{token}.example/");
            var isThere = kind switch { "forgotten" => place is null, "starred" => place?.StarredAt is not null, _ => place is { Visits: 1 } };
            Assert.IsTrue(isThere || (kind != "forgotten" && IsThird(token)), $"What was {kind} of {token} is lost.");
        }

        if (acknowledged.LastOrDefault(static write => write.Kind == "starred" && !IsThird(write.Token)) is { Token: { } last })
        {
            var found = await store.SearchAsync(KillWorker.Windows, new PlaceSearch { Query = $"text {last}", Limit = 10 }, CancellationToken.None);
            Assert.IsTrue(found.Any(place => place.Url == $"https://{last}.example/"), "The text is not found.");
        }
    }

    // Those of every third room may have ended, acknowledged or not.
    private static bool IsThird(string token) => int.Parse(token[(token.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture) % 3 == 0;

    private static async Task VerifyTimelineAsync(SqliteRoomStorage store, List<(string Kind, long Number, string Token)> acknowledged)
    {
        var entries = new Dictionary<long, EntryRecord>();
        for (TimelinePage? page = null; page is null or { More: true };)
        {
            page = await store.Timelines.ReadChangesAsync(KillWorker.Timeline, entries.Count, RoomStorageLimits.MaxPage, CancellationToken.None);
            foreach (var entry in page!.Entries)
            {
                Assert.AreEqual(entries.Count + 1, entry.Sequence);
                Assert.AreEqual(entry.Sequence, entry.Offset);
                Assert.AreEqual(entry.Key, Encoding.UTF8.GetString(entry.Payload.Span));
                entries.Add(entry.Sequence, entry);
            }
        }

        foreach (var (_, sequence, token) in acknowledged.Where(static write => write.Kind == "entry"))
        {
            Assert.AreEqual(token, entries.GetValueOrDefault(sequence)?.Key);
        }
    }

    private static async Task VerifyWholeAsync(SqliteRoomStorage store, RoomRecord room)
    {
        Assert.AreEqual((room.Epoch, $"wrapped-{room.Epoch}", Samples.Context(room.Epoch)), ((int)room.Version, room.WrappedKey, room.Context));
        foreach (var member in KillWorker.Members)
        {
            Assert.HasCount(room.Epoch - 1, await store.Members.ListNoticesAsync(room.Token, member, 0, CancellationToken.None));
        }
    }
}
