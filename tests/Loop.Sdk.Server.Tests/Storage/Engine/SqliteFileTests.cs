using Loop.Sdk.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Tests.Storage.Engine;

[TestClass]
public sealed class SqliteFileTests
{
    [TestMethod]
    public async Task File_of_a_newer_version_is_refused_and_left_alone()
    {
        using var folder = new SqliteFolder();
        await WriteAsync(folder);
        using (var session = new SqliteSession(folder.File, SqliteOpenMode.ReadWrite, TimeSpan.Zero))
        {
            session.Script($"PRAGMA user_version = {SqliteSchema.Current.Version + 1}; PRAGMA wal_checkpoint(TRUNCATE)");
        }

        Refused(folder, ErrorCodes.StoreTooNew);
    }

    [TestMethod]
    [DataRow(0, 16)]
    [DataRow(4096, 512)]
    [DataRow(12288, 4096)]
    public async Task File_that_is_damaged_is_reported_and_left_alone(int from, int length)
    {
        using var folder = new SqliteFolder();
        await WriteAsync(folder);
        var bytes = await File.ReadAllBytesAsync(folder.File);
        bytes.AsSpan(from, length).Fill(0xA5);
        await File.WriteAllBytesAsync(folder.File, bytes);
        Refused(folder, ErrorCodes.StoreDamaged);
    }

    [TestMethod]
    public async Task File_that_is_cut_off_is_reported_and_left_alone()
    {
        using var folder = new SqliteFolder();
        await WriteAsync(folder);
        var bytes = await File.ReadAllBytesAsync(folder.File);
        await File.WriteAllBytesAsync(folder.File, bytes[..(bytes.Length / 2)]);
        Refused(folder, ErrorCodes.StoreDamaged);
        await File.WriteAllTextAsync(folder.File, "not a database");
        Refused(folder, ErrorCodes.StoreDamaged);
    }

    [TestMethod]
    public void File_of_another_application_is_refused_and_left_alone()
    {
        using var folder = new SqliteFolder();
        using (var session = new SqliteSession(folder.File, SqliteOpenMode.ReadWriteCreate, TimeSpan.Zero))
        {
            session.Script("CREATE TABLE theirs(id INTEGER)");
        }

        Refused(folder, ErrorCodes.StoreForeign);
    }

    [TestMethod]
    public async Task File_cannot_be_opened_when_its_folder_is_missing()
    {
        using var folder = new SqliteFolder();
        await using var database = SqliteFolder.Database(new SqliteStorageOptions { Path = Path.Combine(folder.File, "missing", "loop.db") });
        var refused = Assert.ThrowsExactly<LoopException>(database.Open);
        Assert.AreEqual(ErrorCodes.StoreUnavailable, refused.Code);
        Assert.IsTrue(refused.Retryable);
    }

    [TestMethod]
    public async Task File_of_the_first_version_is_brought_up_to_the_current_one()
    {
        using var folder = new SqliteFolder();
        await using (SqliteFolder.Open(new SqliteStorageOptions { Path = folder.File }, new SqliteSchema([RoomMigrations.All[0]])))
        {
        }

        using (var session = new SqliteSession(folder.File, SqliteOpenMode.ReadWrite, TimeSpan.Zero))
        {
            session.Script("""
                INSERT INTO owners VALUES ('ada', 1, 0);
                INSERT INTO rooms VALUES ('r1', 'ada', 1, 1, 1000, 1000, 1000000, 3, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0);
                INSERT INTO participants VALUES ('r1', 'p1', 'bob', 's1', 'Bob', 8, 1000, 2000)
                """);
        }

        await using var database = folder.Open();
        var store = new SqliteRoomStorage(database);
        Assert.IsFalse((await store.Rooms.GetAsync("r1", CancellationToken.None))!.FixedExpiry);
        Assert.IsNull((await store.Participants.ListAsync("r1", 1000, CancellationToken.None)).Single().Member);
        Assert.HasCount(1, await store.Participants.RemoveUserAsync("r1", "bob", bar: true, 1500, CancellationToken.None));
    }

    [TestMethod]
    public async Task File_keeps_its_content_and_identity_when_opened_again_by_a_newer_version()
    {
        using var folder = new SqliteFolder();
        var epoch = await WriteAsync(folder);
        var newer = new SqliteSchema([.. SqliteSchema.Current.Migrations, new SqliteMigration(SqliteSchema.Current.Version + 1, "CREATE TABLE more(id INTEGER) STRICT")]);
        await using (var database = SqliteFolder.Open(new SqliteStorageOptions { Path = folder.File }, newer))
        {
            var rooms = new SqliteRoomStorage(database).Rooms;
            Assert.AreEqual(epoch, await rooms.GetEpochAsync(CancellationToken.None));
            Assert.IsNotNull(await rooms.GetAsync("r1", CancellationToken.None));
        }

        Refused(folder, ErrorCodes.StoreTooNew);
    }

    [TestMethod]
    [DataRow("one", "one", false)]
    [DataRow("one", "two", true)]
    [DataRow(null, "two", true)]
    [DataRow("one", null, true)]
    [DataRow(null, null, true)]
    public async Task File_gets_a_new_identity_only_when_the_machine_may_have_stopped_while_it_was_open(string? before, string? after, bool expected)
    {
        using var folder = new SqliteFolder();
        var epoch = await WriteAsync(folder);
        using (var session = new SqliteSession(folder.File, SqliteOpenMode.ReadWrite, TimeSpan.Zero))
        {
            Assert.IsFalse(SqliteIdentity.Open(session, before), "it was closed in order");
            Assert.AreEqual(expected, SqliteIdentity.Open(session, after));
            Assert.AreEqual(expected, epoch != session.Text("SELECT epoch FROM store"));
            SqliteIdentity.Close(session);
            Assert.IsFalse(SqliteIdentity.Open(session, "three"), "it was closed in order again");
            SqliteIdentity.Close(session);
        }

        Assert.AreEqual(expected, epoch != await WriteAsync(folder, "r2"));
    }

    [TestMethod]
    public async Task Migration_leaves_the_file_at_the_version_before_when_it_fails()
    {
        using var folder = new SqliteFolder();
        await WriteAsync(folder);
        var broken = new SqliteSchema([.. SqliteSchema.Current.Migrations, new SqliteMigration(SqliteSchema.Current.Version + 1, "CREATE TABLE more(id INTEGER) STRICT; CREATE TABLE rooms(id)")]);
        await using var failing = SqliteFolder.Database(new SqliteStorageOptions { Path = folder.File }, broken);
        Assert.AreEqual(ErrorCodes.Internal, Assert.ThrowsExactly<LoopException>(failing.Open).Code);
        await using var database = folder.Open();
        Assert.AreEqual(0, await database.ReadAsync(static session => session.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'more'"), CancellationToken.None));
    }

    private static async Task<string> WriteAsync(SqliteFolder folder, string token = "r1")
    {
        await using var database = folder.Open();
        var rooms = new SqliteRoomStorage(database).Rooms;
        await rooms.CreateAsync(Samples.Room(token), CancellationToken.None);
        return await rooms.GetEpochAsync(CancellationToken.None);
    }

    private static void Refused(SqliteFolder folder, string code)
    {
        var before = File.ReadAllBytes(folder.File);
        Assert.AreEqual(code, Assert.ThrowsExactly<LoopException>(() => folder.Open()).Code);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(folder.File));
    }
}
