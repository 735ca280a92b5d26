using Loop.Sdk.Testing.Tests.UserAgent.Harness;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Testing.Tests.UserAgent;

[TestClass]
public sealed class ConvergenceTests
{
    private const int Windows = 6;
    private const int Writes = 60;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    [DataRow(7)]
    [DataRow(8)]
    public async Task All_windows_show_what_is_stored_when_links_flap_and_the_server_restarts(int seed)
    {
        await using var world = await AgentWorld.StartAsync();
        await world.AgentAsync();
        var windows = Enumerable.Range(0, Windows).Select(_ => world.Window()).ToList();
        var stars = windows.ConvertAll(window => new Shown<string, StarredPage>(world, window.Client.UserAgent.ShowStars));
        var history = windows.ConvertAll(window => new Shown<string, VisitedPlace>(world, window.Client.UserAgent.ShowHistory));
        var sessions = windows.ConvertAll(window => new Shown<long, AgentSession>(world, window.Client.UserAgent.ShowSessions));
        var writing = windows.Select((window, index) => Task.Run(() => WriteAsync(world, window, new Random((seed * 100) + index)))).ToList();
        var all = Task.WhenAll(writing);
        for (var restarts = 0; restarts < 3; restarts++)
        {
            await world.SoonAsync(Task.WhenAny(all, writing[restarts]));
            await world.Host.RestartAsync();
        }

        await world.SoonAsync(all);
        var storedStars = (await world.Storage.ListStarredAsync("ada", 1000, CancellationToken.None)).Select(static place => (place.Url, place.Title, Micros(place.StarredAt!.Value))).ToHashSet();
        var storedPlaces = (await world.Storage.ListVisitedAsync("ada", null, 1000, CancellationToken.None)).Items
            .Select(static place => (place.Url, place.Title, place.Excerpt, place.Visits, Micros(place.LastVisitedAt))).ToHashSet();
        var storedSessions = (await world.Storage.ReadSessionsAsync("ada", 0, 1000, CancellationToken.None)).Items.Select(static session => session.Id).ToHashSet();
        await Task.WhenAll(stars.Select(view => view.UntilAsync(items => storedStars.SetEquals(items.Select(static star => (star.Url, star.Title, star.StarredAt))))));
        await Task.WhenAll(sessions.Select(view => view.UntilAsync(items => storedSessions.SetEquals(items.Select(static session => session.Id)))));
        await Task.WhenAll(history.Select(view => view.UntilAsync(items =>
            storedPlaces.SetEquals(items.Select(static place => (place.Url, place.Title, place.Excerpt, place.Visits, place.LastVisitedAt))))));
        Assert.IsTrue(stars.TrueForAll(view => view.Items.SequenceEqual(stars[0].Items)), "Stars are shown in the same order.");
        Assert.IsTrue(history.TrueForAll(view => view.Items.SequenceEqual(history[0].Items)), "History is shown in the same order.");
    }

    private static DateTimeOffset Micros(long time) => DateTimeOffset.UnixEpoch.AddMicroseconds(time);

    private static async Task WriteAsync(AgentWorld world, LoopTestClient window, Random random)
    {
        var agent = window.Client.UserAgent;
        var session = await agent.StartSessionAsync();
        for (var write = 0; write < Writes; write++)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(1));
            if (random.Next(4) == 0)
            {
                window.Link.CutAfter((LinkDirection)random.Next(2), random.Next(400));
            }

            var url = $"https://{random.Next(30)}.example/";
            switch (random.Next(12))
            {
                case 0:
                    await agent.EndSessionAsync(session);
                    session = await agent.StartSessionAsync(ancestor: session);
                    break;
                case 1:
                    await agent.ForgetAsync(new ForgetHistory { Url = url, Stars = random.Next(2) == 0 });
                    break;
                case 2 or 3 or 4:
                    await agent.StarAsync(url, session, random.Next(2) == 0 ? $"title {random.Next(3)}" : null);
                    break;
                case 5 or 6:
                    await agent.UnstarAsync(url, session);
                    break;
                case 7:
                    await agent.SavePageAsync(url, session, new PageCapture { Text = "text", Excerpt = $"excerpt {write}" });
                    break;
                default:
                    await agent.VisitAsync(url, session, random.Next(2) == 0 ? $"title {random.Next(3)}" : null);
                    break;
            }
        }
    }
}
