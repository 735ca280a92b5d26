using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Storage;

namespace Loop.Sdk.Server.Tests.Rooms.Kill;

[TestClass]
public sealed class RoomsKillTests
{
    private const int Rounds = 20;
    private const int Guests = 4;
    private const int Seed = 5;
    private const string Owner = "ada";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task What_clients_were_told_is_there_and_whole_when_the_server_is_killed_twenty_times()
    {
        using var folder = new SqliteFolder();
        using var key = OwnerKey.Generate();
        await using var server = new ServerProcess(folder.File);
        var journal = new KillJournal();
        await server.StartAsync();
        await using var owner = new KillOwner(server.Address, journal, Owner, Seed, key);
        var clients = new List<KillClient> { owner };
        try
        {
            await owner.BeginAsync();
            using var link = owner.Room.CreateLink();
            for (var number = 1; number <= Guests; number++)
            {
                var guest = new KillClient(server.Address, journal, $"guest{number}", Seed + number, owner: null);
                clients.Add(guest);
                guest.Use(await guest.Rooms.JoinAsync(link));
            }

            var random = new Random(Seed);
            for (var round = 0; round < Rounds; round++)
            {
                await RunAsync(server, folder, journal, clients, random.Next(1, 300));
                await VerifyViewsAsync(folder, owner, clients);
            }
        }
        finally
        {
            await Task.WhenAll(clients.Skip(1).Select(static client => client.DisposeAsync().AsTask()));
        }

        TestContext.WriteLine($"{journal.Count} acknowledged writes in {Rounds} lives of the server.");
    }

    // Everybody writes; the server dies, is looked at, and lives again; and everybody finishes what was under way, by themselves.
    private static async Task RunAsync(ServerProcess server, SqliteFolder folder, KillJournal journal, List<KillClient> clients, int acknowledged)
    {
        using var stop = new CancellationTokenSource();
        var enough = journal.WhenAsync(acknowledged);
        var writing = Task.WhenAll(clients.Select(client => Task.Run(() => client.WriteAsync(stop.Token))));
        await Task.WhenAny(enough, writing);
        await server.KillAsync();
        await stop.CancelAsync();
        await using (var database = folder.Open())
        {
            await journal.VerifyAsync(new SqliteRoomStorage(database), Owner, clients[0].Room.Token);
        }

        await server.StartAsync();
        await writing;
    }

    // Beside the running server: nobody writes now, but those who lost their session may still be on their way back.
    private static async Task VerifyViewsAsync(SqliteFolder folder, KillOwner owner, List<KillClient> clients)
    {
        await using var database = folder.Open();
        var store = new SqliteRoomStorage(database);
        await UntilAsync(clients, async () => await FindDifferenceAsync(store, owner, clients));
    }

    private static async Task UntilAsync(List<KillClient> clients, Func<Task<string?>> findDifference)
    {
        var changed = new SemaphoreSlim(0);
        var difference = "";
        clients.ForEach(client => client.Changed += Release);
        try
        {
            while ((difference = await findDifference()) is not null)
            {
                Assert.IsTrue(await changed.WaitAsync(TimeSpan.FromMinutes(1)), difference);
            }
        }
        finally
        {
            clients.ForEach(client => client.Changed -= Release);
        }

        void Release() => changed.Release();
    }

    private static async Task<string?> FindDifferenceAsync(SqliteRoomStorage store, KillOwner owner, List<KillClient> clients)
    {
        var kept = (await store.Rooms.ListAsync(Owner, 0, RoomStorageLimits.MaxChanges, CancellationToken.None)).Items.Select(static change => change.Room).OfType<RoomRecord>();
        var shown = owner.Owned();
        if (!shown.Select(static room => (room.Token, room.Version, room.Epoch)).Order().SequenceEqual(kept.Select(static room => (room.Token, room.Version, room.Epoch)).Order()))
        {
            return "The owner's list is not the store's.";
        }

        Assert.IsTrue(shown.All(static room => room.Context.Status == ContextStatus.Readable), "A room is there in half.");
        var present = await store.Participants.ListAsync(owner.Room.Token, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), CancellationToken.None);
        var entries = await KillJournal.ReadAsync(store, owner.Room.Token);
        return clients.Select(client => client.FindDifference(entries, present)).FirstOrDefault(static difference => difference is not null);
    }
}
