using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.UserAgent.Harness;
using Loop.Sdk.Server.Tests.UserAgent.Import.Harness;
using Loop.Sdk.Server.UserAgent;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.UserAgent.Import;

[TestClass]
public sealed class ImportFeedTests
{
    [TestMethod]
    public async Task Those_who_follow_see_what_is_imported()
    {
        await using var world = await UserAgentWorld.StartAsync();
        var agent = world.Agent();
        await using var stars = FeedProbe.Of(agent.Stars(), static star => star.Url);
        await using var history = FeedProbe.Of(agent.History(), static place => place.Url);
        await using var sites = FeedProbe.Of(agent.FollowTopSites(), static site => site.Url);
        await Task.WhenAll(stars.ReadyAsync(), history.ReadyAsync(), sites.ReadyAsync());
        using var places = PlacesMaker.Large(3000, 2);
        var result = await world.Host.Services.GetRequiredService<IUserAgentImporter>().ImportFirefoxAsync("ada", places.File);
        Assert.AreEqual(new UserAgentImportResult(3000, 6000, 300, 0), result);
        await stars.UntilAsync(static state => state.Count == 300 && state["https://10.example/some/path"].Title == "Star 10");
        await history.UntilAsync(static state => state.Count == 500 && state.ContainsKey("https://3000.example/some/path"));
        await sites.UntilAsync(static state => state.Count == 20);
        Assert.IsEmpty((await world.Agent("bob").ListVisitsAsync(new())).Items, "Nothing crosses accounts.");
    }
}
