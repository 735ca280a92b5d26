using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Engine;

/// <summary>Who writes when, and with whom.</summary>
[TestClass]
public sealed class SqliteGroupTests
{
    private const string Insert = "INSERT INTO owners VALUES (?1, 1, 0)";
    private const int Count = 10;

    private static readonly CancellationToken None = CancellationToken.None;

    [TestMethod]
    public async Task Unflushed_writes_that_wait_share_a_transaction()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        using var hold = new ManualResetEventSlim();
        using var last = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var first = await HoldAsync(database, hold);
        var writes = Enumerable.Range(0, Count).Select(index => database.WriteUnflushedAsync(
            session =>
            {
                session.Prepare(Insert).Bind($"{index}").Run();
                if (index == Count - 1)
                {
                    last.Set();
                    go.Wait();
                }

                return index;
            },
            None)).ToList();
        hold.Set();
        await first;
        last.Wait();
        Assert.AreEqual(0, await CountAsync(database));
        Assert.IsTrue(writes.TrueForAll(static write => !write.IsCompleted));
        go.Set();
        CollectionAssert.AreEqual(Enumerable.Range(0, Count).ToArray(), await Task.WhenAll(writes));
        Assert.AreEqual(Count, await CountAsync(database));
    }

    [TestMethod]
    public async Task Unflushed_write_that_fails_undoes_nothing_of_its_neighbours()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        using var hold = new ManualResetEventSlim();
        var first = await HoldAsync(database, hold);
        var writes = Enumerable.Range(0, Count).Select(index => database.WriteUnflushedAsync(
            session => session.Prepare(Insert).Bind($"{index}").Run() > 0 && index % 2 == 0 ? index : throw new LoopException(ErrorCodes.RoomFull, "odd"), None)).ToList();
        hold.Set();
        await first;
        for (var index = 0; index < Count; index++)
        {
            if (index % 2 == 0)
            {
                Assert.AreEqual(index, await writes[index]);
            }
            else
            {
                Assert.AreEqual(ErrorCodes.RoomFull, (await Assert.ThrowsExactlyAsync<LoopException>(() => writes[index])).Code);
            }
        }

        Assert.AreEqual(Count / 2, await CountAsync(database));
    }

    [TestMethod]
    public async Task Unflushed_write_never_happens_when_cancelled_while_it_waits()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        using var hold = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var first = await HoldAsync(database, hold);
        var waiting = database.WriteUnflushedAsync(static session => session.Prepare(Insert).Bind("a").Run(), cancellation.Token);
        await cancellation.CancelAsync();
        hold.Set();
        await first;
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        Assert.AreEqual(0, await CountAsync(database));
    }

    [TestMethod]
    public async Task Disposal_keeps_unflushed_writes_that_were_taken()
    {
        const int Writes = 2000;
        using var folder = new SqliteFolder();
        var database = folder.Open();
        using var hold = new ManualResetEventSlim();
        var first = await HoldAsync(database, hold);
        var writes = Enumerable.Range(0, Writes).Select(index => database.WriteUnflushedAsync(session => session.Prepare(Insert).Bind($"{index}").Run(), None)).ToList();
        var disposal = database.DisposeAsync();
        hold.Set();
        await first;
        await Task.WhenAll(writes);
        await disposal;
        var late = () => database.WriteUnflushedAsync(static session => session.Prepare(Insert).Bind("late").Run(), None);
        Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(late)).Code);
        await using var again = folder.Open();
        Assert.AreEqual(Writes, await CountAsync(again));
    }

    [TestMethod]
    public async Task Both_kinds_of_writes_end_when_each_always_has_more()
    {
        using var folder = new SqliteFolder();
        await using var database = SqliteFolder.Open(new SqliteStorageOptions { Path = folder.File, MaxBatch = 4, MaxQueuedWrites = 8 });
        await database.WriteAsync(static session => session.Prepare(Insert).Bind("n").Run(), None);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var index = 0; index < 50; index++)
            {
                await (writer % 2 == 0 ? database.WriteAsync(Next, None) : database.WriteUnflushedAsync(Next, None));
            }
        })));
        Assert.AreEqual(801, await database.ReadAsync(static session => session.Number("SELECT head FROM owners"), None));

        static int Next(SqliteSession session) => session.Run("UPDATE owners SET head = head + 1");
    }

    /// <summary>Has the writer busy until it is told to go on. It is when this returns.</summary>
    private static async Task<Task<bool>> HoldAsync(SqliteDatabase database, ManualResetEventSlim hold)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = database.WriteAsync(
            _ =>
            {
                begun.SetResult();
                hold.Wait();
                return true;
            },
            None);
        await begun.Task;
        return holding;
    }

    private static Task<long> CountAsync(SqliteDatabase database) => database.ReadAsync(static session => session.Number("SELECT count(*) FROM owners"), None);
}
