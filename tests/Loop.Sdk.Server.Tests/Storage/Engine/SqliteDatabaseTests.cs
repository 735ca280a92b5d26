using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Engine;

[TestClass]
public sealed class SqliteDatabaseTests
{
    private const string Insert = "INSERT INTO owners VALUES (?1, 1, 0)";

    private static readonly CancellationToken None = CancellationToken.None;

    [TestMethod]
    public async Task Write_that_fails_undoes_nothing_of_its_neighbours()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        using var hold = new ManualResetEventSlim();
        var first = HoldAsync(database, hold);
        var good = AddAsync(database, "a", None);
        var bad = database.WriteAsync<int>(
            static session =>
            {
                session.Prepare(Insert).Bind("half").Run();
                throw new InvalidOperationException("mine");
            },
            None);
        var twice = AddAsync(database, "a", None);
        var other = AddAsync(database, "b", None);
        hold.Set();
        await Task.WhenAll(first, good, other);
        Assert.AreEqual("mine", (await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => bad)).Message);
        Assert.AreEqual(ErrorCodes.Internal, (await Assert.ThrowsExactlyAsync<LoopException>(() => twice)).Code);
        Assert.AreEqual("a b", await NamesAsync(database));
    }

    [TestMethod]
    public async Task Write_never_happens_when_cancelled_in_the_queue_and_always_when_it_had_begun()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        using var hold = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var running = database.WriteAsync(
            session =>
            {
                begun.Set();
                hold.Wait();
                return session.Prepare(Insert).Bind("running").Run();
            },
            cancellation.Token);
        begun.Wait();
        var queued = AddAsync(database, "queued", cancellation.Token);
        await cancellation.CancelAsync();
        hold.Set();
        await Assert.ThrowsAsync<OperationCanceledException>(() => queued);
        Assert.AreEqual(1, await running);
        Assert.AreEqual("running", await NamesAsync(database));
    }

    [TestMethod]
    public async Task Reads_use_one_connection_until_several_read_at_once()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        var first = await database.ReadAsync(static session => session, None);
        using var hold = new ManualResetEventSlim();
        using var reading = new ManualResetEventSlim();
        var held = Task.Run(() => database.ReadAsync(
            session =>
            {
                reading.Set();
                hold.Wait();
                return session;
            },
            None));
        reading.Wait();
        var second = await database.ReadAsync(static session => session, None);
        Assert.AreSame(second, await database.ReadAsync(static session => session, None));
        hold.Set();
        Assert.AreSame(first, await held);
        Assert.AreNotSame(first, second);
        Assert.AreSame(first, await database.ReadAsync(static session => session, None));
    }

    [TestMethod]
    public async Task Unflushed_writes_keep_their_order_among_those_that_are_flushed_whatever_thread_writes()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        await database.WriteAsync(static session => session.Prepare(Insert).Bind("n").Run(), None);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var index = 0; index < 200; index++)
            {
                await (index % 3 == writer % 3 ? database.WriteAsync(Next, None) : database.WriteUnflushedAsync(Next, None));
            }
        })));
        Assert.AreEqual(1601, await database.ReadAsync(static session => session.Number("SELECT head FROM owners"), None));

        static int Next(SqliteSession session) => session.Run("UPDATE owners SET head = head + 1");
    }

    [TestMethod]
    public async Task Unflushed_write_that_fails_or_is_cancelled_leaves_nothing_and_harms_nobody()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        var bad = database.WriteUnflushedAsync<int>(
            static session =>
            {
                session.Prepare(Insert).Bind("half").Run();
                throw new InvalidOperationException("mine");
            },
            None);
        Assert.AreEqual("mine", (await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => bad)).Message);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => database.WriteUnflushedAsync(static session => session.Prepare(Insert).Bind("cancelled").Run(), new CancellationToken(canceled: true)));
        await database.WriteUnflushedAsync(static session => session.Prepare(Insert).Bind("good").Run(), None);
        Assert.AreEqual("good", await NamesAsync(database));
    }

    [TestMethod]
    public async Task Disposal_keeps_what_was_taken_and_takes_no_more()
    {
        using var folder = new SqliteFolder();
        var database = folder.Open();
        using var hold = new ManualResetEventSlim();
        var writes = new List<Task> { HoldAsync(database, hold) };
        writes.AddRange(Enumerable.Range(0, 1000).Select(index => AddAsync(database, $"{index}", None)));
        var disposal = database.DisposeAsync();
        hold.Set();
        await Task.WhenAll(writes);
        await disposal;
        Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(() => AddAsync(database, "late", None))).Code);
        Assert.IsFalse(File.Exists(folder.File + "-wal"));
        await using var again = folder.Open();
        Assert.AreEqual(1000, await again.ReadAsync(static session => session.Number("SELECT count(*) FROM owners"), None));
    }

    [TestMethod]
    public async Task Readers_see_one_moment_and_do_not_wait_while_writers_write()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        await AddAsync(database, "a", None);
        using var hold = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var writing = database.WriteAsync(
            session =>
            {
                session.Prepare(Insert).Bind("b").Run();
                begun.Set();
                hold.Wait();
                return session.Prepare(Insert).Bind("c").Run();
            },
            None);
        begun.Wait();
        var seen = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => NamesAsync(database))));
        Assert.IsTrue(seen.All(static names => names == "a"));
        hold.Set();
        await writing;
        Assert.AreEqual("a b c", await NamesAsync(database));
    }

    [TestMethod]
    public async Task Writes_fail_together_and_later_ones_succeed_when_the_disk_was_full()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        await AddAsync(database, "a", None);
        var pages = await database.WriteAsync(static session => session.Number("PRAGMA page_count"), None);
        await database.WriteAsync(session => session.Number($"PRAGMA max_page_count = {pages}"), None);
        var failed = await Assert.ThrowsExactlyAsync<LoopException>(() => AddAsync(database, new string('x', 100_000), None));
        Assert.AreEqual(ErrorCodes.StoreUnavailable, failed.Code);
        await database.WriteAsync(static session => session.Number("PRAGMA max_page_count = 1000000"), None);
        await AddAsync(database, "b", None);
        Assert.AreEqual("a b", await NamesAsync(database));
    }

    private static Task<int> AddAsync(SqliteDatabase database, string name, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Prepare(Insert).Bind(name).Run(), cancellationToken);

    private static Task<bool> HoldAsync(SqliteDatabase database, ManualResetEventSlim hold) => database.WriteAsync(
        _ =>
        {
            hold.Wait();
            return true;
        },
        None);

    private static async Task<string> NamesAsync(SqliteDatabase database) =>
        string.Join(' ', await database.ReadAsync(static session => session.Prepare("SELECT account FROM owners ORDER BY account").ToList(static row => row.Text(0)), None));
}
