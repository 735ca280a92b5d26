using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loop.Sdk.Server.Tests.Storage.Engine;

[TestClass]
public sealed class SqliteCheckpointerTests
{
    private const string Insert = "INSERT INTO owners VALUES (?1, 1, 0)";

    // More than the journal takes before it is brought to the file.
    private const int Size = 5 * 1024 * 1024;

    private static readonly CancellationToken None = CancellationToken.None;

    [TestMethod]
    public async Task Journal_is_brought_to_the_file_when_it_is_asked_for()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        await AddAsync(database, "a", Size / 10);
        await using (var checkpointer = new SqliteCheckpointer(new SqliteStorageOptions { Path = folder.File }, new SqliteLog(NullLogger.Instance)))
        {
            checkpointer.Ask();
        }

        Assert.IsGreaterThan(Size / 10, new FileInfo(folder.File).Length);
    }

    [TestMethod]
    public async Task Writer_asks_for_it_when_there_is_much_and_does_not_wait_for_it()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        await AddAsync(database, "a", Size);
        while (new FileInfo(folder.File).Length < Size)
        {
            await Task.Yield();
        }

        Assert.AreEqual(1, await database.ReadAsync(static session => session.Number("SELECT count(*) FROM owners"), None));
    }

    [TestMethod]
    public async Task Journal_is_emptied_also_while_it_is_being_brought_to_the_file()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        for (var round = 0; round < 10; round++)
        {
            await AddAsync(database, $"{round}", Size);
            await database.CheckpointAsync(None);
            Assert.AreEqual(0, new FileInfo(folder.File + "-wal").Length);
        }
    }

    [TestMethod]
    public async Task Journal_is_bounded_while_everybody_writes()
    {
        using var folder = new SqliteFolder();
        await using var database = folder.Open();
        await AddAsync(database, "n", Size);
        for (var round = 0; round < 30; round++)
        {
            await database.WriteUnflushedAsync(session => session.Run($"UPDATE owners SET account = '{round:00}' || substr(account, 3)"), None);
        }

        // 4,000 pages and one more write, with what each page has for itself.
        Assert.IsLessThan((4000L * 4200) + (2 * Size), new FileInfo(folder.File + "-wal").Length);
    }

    private static Task<int> AddAsync(SqliteDatabase database, string name, int size) =>
        database.WriteUnflushedAsync(session => session.Prepare(Insert).Bind(name + new string('x', size)).Run(), None);
}
