using System.Text;
using Loop.Sdk.Harness;
using Loop.Sdk.Server.Tests.Storage;
using Loop.Sdk.Server.Tests.UserAgent.Import.Harness;

namespace Loop.Sdk.Server.Tests.UserAgent.Import;

[TestClass]
public sealed class FirefoxDamageTests
{
    private const int Seeds = 150;

    [TestMethod]
    public async Task Nothing_is_imported_when_the_file_is_cut_anywhere()
    {
        await using var world = new ImportWorld();
        using var places = PlacesMaker.Large(800, 3);
        var bytes = places.ToBytes();
        for (var length = 0; length < bytes.Length; length += 1 + (bytes.Length / 60))
        {
            await world.RefusedAsync(() => world.ImportFirefoxAsync(bytes[..length]));
        }

        Assert.AreEqual(800, (await world.ImportFirefoxAsync(bytes)).Places, "The whole file is good.");
    }

    [TestMethod]
    public async Task Nothing_is_imported_when_pages_in_the_middle_are_gone()
    {
        await using var world = new ImportWorld();
        using var places = PlacesMaker.Large(2000, 3);
        var bytes = places.ToBytes();
        bytes.AsSpan(bytes.Length / 3, 3 * 4096).Fill(0xA5);
        await world.RefusedAsync(() => world.ImportFirefoxAsync(bytes));
    }

    [TestMethod]
    public async Task Files_are_refused_when_they_are_something_else()
    {
        await using var world = new ImportWorld();
        await world.RefusedAsync(() => world.ImportFirefoxAsync([]));
        await world.RefusedAsync(() => world.ImportFirefoxAsync(Encoding.UTF8.GetBytes("<!DOCTYPE html><title>no</title>" + new string('x', 5000))));
        await world.RefusedAsync(() => world.Importer.ImportFirefoxAsync(ImportWorld.Account, "/nowhere/places.sqlite"));
        await world.RefusedAsync(() => world.Importer.ImportFirefoxAsync(ImportWorld.Account, Path.GetTempPath()));
        foreach (var schema in new[]
        {
            "CREATE TABLE other(id INTEGER)",
            "CREATE TABLE moz_places(id INTEGER); CREATE TABLE moz_historyvisits(id INTEGER); CREATE TABLE moz_bookmarks(id INTEGER)",
            """
            CREATE TABLE moz_historyvisits(place_id, visit_date, visit_type); CREATE TABLE moz_bookmarks(fk, dateAdded, title, type);
            CREATE VIEW moz_places AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 'https://' || i || '.example/' AS url, NULL AS title FROM n
            """,
            """
            CREATE TABLE moz_historyvisits(place_id, visit_date, visit_type); CREATE TABLE moz_bookmarks(fk, dateAdded, title, type);
            CREATE VIRTUAL TABLE moz_places USING fts5(id, url, title)
            """,
        })
        {
            using var places = new PlacesMaker(schema);
            await world.RefusedAsync(() => world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File));
        }
    }

    [TestMethod]
    public async Task Values_of_other_types_do_no_harm_when_a_file_has_them()
    {
        await using var world = new ImportWorld();
        using var places = new PlacesMaker();
        places.Place(1, "https://a.example/" + new string('a', 9000), "Too long", PlacesMaker.Time);
        places.Place(2, "https://b.example/", new string('\u00e4', 5000), PlacesMaker.Time, PlacesMaker.Time);
        places.Place(3, "https://c.example/\0hidden", "Zero", PlacesMaker.Time);
        places.Place(4, "https://d.example/", "a\u0001b\u0007", PlacesMaker.Time);
        places.Run("INSERT INTO moz_places(id, url, title) VALUES (5, x'FF00FE', x'00'), (6, 42, 43), (7, NULL, NULL), (-1, 'https://minus.example/', 'Minus')");
        places.Run("INSERT INTO moz_historyvisits(place_id, visit_date, visit_type) VALUES (5, 'now', 1), (6, x'01', 1), (7, NULL, 1), (NULL, 1, 1), ('x', 2, 1)");
        places.Run($"INSERT INTO moz_historyvisits(place_id, visit_date, visit_type) VALUES (-1, {PlacesMaker.Time}, NULL), (-1, {PlacesMaker.Time + 1}, 1), (2, 1.5e15, 1)");
        places.Run("INSERT INTO moz_bookmarks(type, fk, title, dateAdded) VALUES (1, 'y', NULL, NULL), (1, 4, NULL, 'never'), ('1', 2, x'41', -1)");
        await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File);
        var visited = (await world.Store.ListVisitedAsync(ImportWorld.Account, null, 10, CancellationToken.None)).Items;
        Assert.AreEqual("https://b.example/ https://d.example/ https://minus.example/", string.Join(' ', visited.Select(static place => place.Url).Order(StringComparer.Ordinal)));
        Assert.AreEqual("a b ", visited.Single(static place => place.Url == "https://d.example/").Title);
        Assert.AreEqual("A", visited.Single(static place => place.Url == "https://b.example/").Title);
        await UserAgentRebuild.CheckAsync(world.Database);
    }

    [TestMethod]
    public async Task An_import_ends_well_or_changes_nothing_when_any_bytes_are_others()
    {
        await using var world = new ImportWorld();
        using var places = PlacesMaker.Large(150, 2);
        var bytes = places.ToBytes();
        var refused = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new SeededRandom(seed);
            var changed = bytes.ToArray();
            for (var count = 1 + random.Next(12); count > 0; count--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            var before = await world.ReadAllAsync();
            try
            {
                await world.ImportFirefoxAsync(changed);
            }
            catch (LoopException exception) when (exception.Code == ErrorCodes.InvalidImport)
            {
                refused++;
                Assert.AreEqual(before, await world.ReadAllAsync(), $"Seed {seed}");
            }
        }

        Assert.IsInRange(1, Seeds - 1, refused, "Some are noticed, and some only change texts.");
        await UserAgentRebuild.CheckAsync(world.Database);
    }
}
