using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Storage;
using Loop.Sdk.Server.Tests.UserAgent.Import.Harness;
using Loop.Sdk.Server.UserAgent;

namespace Loop.Sdk.Server.Tests.UserAgent.Import;

[TestClass]
public sealed class FirefoxImportTests
{
    private const string Stars = "https://starred.example/:My star:20 https://only-starred.example/:Only:40";

    [TestMethod]
    public async Task Visits_and_stars_are_there_when_they_were_imported_while_the_browser_holds_the_file()
    {
        await using var world = new ImportWorld();
        using var places = PlacesMaker.Typical();
        var result = await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File);

        // Two times that cannot be, and the star on a script.
        Assert.AreEqual(new UserAgentImportResult(3, 3, 2, 3), result);
        Assert.AreEqual(Stars, await world.StarsAsync());
        var visited = await world.Store.ListVisitedAsync(ImportWorld.Account, null, 10, CancellationToken.None);
        Assert.AreEqual(
            $"https://starred.example/:My star:1:10 https://tea.example/:Tea:2:5",
            string.Join(' ', visited.Items.Select(static place => $"{place.Url}:{place.Title}:{place.Visits}:{place.LastVisitedAt - PlacesMaker.Time}")));
        Assert.HasCount(1, await world.Store.SearchAsync(ImportWorld.Account, new PlaceSearch { Query = "tea", Limit = 10 }, CancellationToken.None));
        await UserAgentRebuild.CheckAsync(world.Database);
    }

    [TestMethod]
    public async Task Nothing_changes_when_the_same_is_imported_again()
    {
        await using var world = new ImportWorld();
        using var places = PlacesMaker.Typical();
        await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File);
        var before = await world.ReadAllAsync();
        Assert.AreEqual(new UserAgentImportResult(0, 0, 0, 3), await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File));
        Assert.AreEqual(before, await world.ReadAllAsync());

        // And what is new in the file comes.
        places.Place(8, "https://new.example/", "New", PlacesMaker.Time + 100);
        Assert.AreEqual(new UserAgentImportResult(1, 1, 0, 3), await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File));
    }

    [TestMethod]
    public async Task What_was_written_here_later_stays_when_an_older_file_is_imported()
    {
        await using var world = new ImportWorld();
        using var places = PlacesMaker.Typical();
        await world.Store.StartSessionAsync(ImportWorld.Account, UserAgentSamples.Session(), CancellationToken.None);
        await world.Store.AddVisitAsync(ImportWorld.Account, UserAgentSamples.Visit("https://tea.example/", title: "Tea today"), CancellationToken.None);
        await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File);
        await world.Store.StarAsync(ImportWorld.Account, UserAgentSamples.Star("https://starred.example/", isStarred: false), CancellationToken.None);
        Assert.AreEqual(0, (await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File)).Stars);
        Assert.AreEqual("https://only-starred.example/:Only:40", await world.StarsAsync());
        Assert.AreEqual("Tea today:3", string.Join(' ', (await world.Store.ListTopAsync(ImportWorld.Account, 1, CancellationToken.None)).Select(static place => $"{place.Title}:{place.Visits}")));
        await UserAgentRebuild.CheckAsync(world.Database);
    }

    [TestMethod]
    public async Task Progress_rises_to_the_end_when_there_is_much()
    {
        await using var world = new ImportWorld();
        using var places = PlacesMaker.Large(1200, 3);
        var progress = new Progress();
        var result = await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File, progress);
        Assert.AreEqual(new UserAgentImportResult(1200, 3600, 120, 0), result);
        Assert.AreEqual("500/1200 1000/1200 1200/1200", string.Join(' ', progress.Seen.Select(static seen => $"{seen.Done}/{seen.Total}")));
    }

    [TestMethod]
    public async Task Nothing_is_imported_when_it_is_cancelled_in_the_middle()
    {
        await using var world = new ImportWorld();
        using var places = PlacesMaker.Large(1200, 3);
        using var cancel = new CancellationTokenSource();
        var progress = new Progress { Then = seen => cancel.Cancel() };
        var before = await world.ReadAllAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File, progress, cancel.Token));
        Assert.AreEqual(500, progress.Seen.Single().Done);
        Assert.AreEqual(before, await world.ReadAllAsync());
        Assert.AreEqual(1200, (await world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File)).Places);
    }

    [TestMethod]
    public async Task Nothing_is_imported_when_there_are_more_stars_or_bytes_than_may_be()
    {
        await using var world = new ImportWorld(new UserAgentOptions { MaxStars = 119, MaxImport = 512 * 1024 });
        using var places = PlacesMaker.Large(1200, 3);
        await world.RefusedAsync(() => world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File), ErrorCodes.TooManyStars);
        using var large = PlacesMaker.Large(5000, 3);
        await world.RefusedAsync(() => world.Importer.ImportFirefoxAsync(ImportWorld.Account, large.File), ErrorCodes.ContentTooLarge);
    }

    [TestMethod]
    public async Task Writers_go_on_when_an_import_beside_them_fails()
    {
        await using var world = new ImportWorld(new UserAgentOptions { MaxStars = 1 });
        using var places = PlacesMaker.Large(1200, 1);
        await world.Store.StartSessionAsync(ImportWorld.Account, UserAgentSamples.Session(), CancellationToken.None);
        var import = world.Importer.ImportFirefoxAsync(ImportWorld.Account, places.File);
        var visits = Enumerable.Range(0, 100).Select(index => world.Store.AddVisitAsync(ImportWorld.Account, UserAgentSamples.Visit($"https://{index}.test/"), CancellationToken.None)).ToList();
        Assert.AreEqual(ErrorCodes.TooManyStars, (await Assert.ThrowsExactlyAsync<LoopException>(() => import)).Code);
        await Task.WhenAll(visits);
        Assert.HasCount(100, (await world.Store.ListVisitedAsync(ImportWorld.Account, null, 1000, CancellationToken.None)).Items);
        await UserAgentRebuild.CheckAsync(world.Database);
    }

    private sealed class Progress : IProgress<UserAgentImportProgress>
    {
        public List<UserAgentImportProgress> Seen { get; } = [];

        public Action<UserAgentImportProgress> Then { get; init; } = static _ => { };

        public void Report(UserAgentImportProgress value)
        {
            Seen.Add(value);
            Then(value);
        }
    }
}
