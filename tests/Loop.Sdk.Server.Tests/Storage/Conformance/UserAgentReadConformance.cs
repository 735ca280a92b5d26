using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class UserAgentReadConformance : UserAgentConformance
{
    [TestMethod]
    public async Task Visited_places_come_once_each_and_newest_first_when_they_are_read_page_by_page()
    {
        for (var index = 0; index < 7; index++)
        {
            await VisitAsync($"https://{index}.example/", Now + (index / 2));
        }

        await VisitAsync("https://0.example/", Now + 100);
        var urls = new List<string>();
        PlacePage? page = null;
        do
        {
            page = await Store.ListVisitedAsync(Ada, page?.Next, 3, None);
            urls.AddRange(page.Items.Select(static place => place.Url));
        }
        while (page.Next is not null);
        Assert.AreEqual("https://0.example/ https://6.example/ https://5.example/ https://4.example/ https://3.example/ https://2.example/ https://1.example/", string.Join(' ', urls));
    }

    [TestMethod]
    public async Task Top_sites_are_those_visited_often_and_lately_when_they_are_listed()
    {
        for (var visit = 0; visit < 8; visit++)
        {
            await VisitAsync("https://often.example/", Now - (visit * UserAgentSamples.Day));
            await VisitAsync("https://once.example/", Now - (300 * UserAgentSamples.Day) - visit);
        }

        await VisitAsync("https://now.example/", Now + 1);
        await VisitAsync("https://old.example/", Now - (365 * UserAgentSamples.Day));
        var top = await Store.ListTopAsync(Ada, 3, None);
        Assert.AreEqual("https://often.example/ https://now.example/ https://once.example/", string.Join(' ', top.Select(static place => place.Url)));

        // Eight visits of 300 days ago are eight times half ten times.
        Assert.AreEqual(8 / 1024.0, Frecency.ScoreAt(top[2].Frecency, Now), 1e-8);
    }

    [TestMethod]
    public async Task Places_are_found_by_the_words_of_text_title_and_address_when_all_are_there()
    {
        await SaveAsync("https://a.example/one", "Long text content containing excerpt from test.com and other stuff.", "Überschrift", "Short");
        await VisitAsync("https://b.example/two", Now + 1, "A title about content");
        await StarAsync("https://c.example/three", title: "Starred only");
        Assert.AreEqual("https://a.example/one", await FindAsync("Long text"));
        Assert.AreEqual("https://a.example/one", await FindAsync("überschrift STUFF one"));
        Assert.AreEqual("https://c.example/three", await FindAsync("starred"));
        Assert.AreEqual("https://b.example/two https://a.example/one", await FindAsync("content", newestFirst: true));
        Assert.AreEqual("https://b.example/two", await FindAsync("content", since: Now));
        Assert.AreEqual("https://b.example/two", await FindAsync("content", limit: 1, newestFirst: true));
        Assert.AreEqual("", await FindAsync("Long missing"));
        Assert.AreEqual("", await FindAsync("Long", account: "bob"));
    }

    [TestMethod]
    public async Task The_last_word_may_be_a_beginning_when_it_has_three_letters()
    {
        await SaveAsync("https://a.example/", "The elephant in the room");
        Assert.AreEqual("https://a.example/", await FindAsync("room ele"));
        Assert.AreEqual("", await FindAsync("ele room"));
        Assert.AreEqual("", await FindAsync("room el"));
    }

    [TestMethod]
    [DataRow("\"", "")]
    [DataRow("\"plain", "x")]
    [DataRow("plain OR nothing", "")]
    [DataRow("plain* -text", "x")]
    [DataRow("body:plain", "")]
    [DataRow("NEAR(plain text)", "")]
    [DataRow("(plain", "x")]
    [DataRow("plain'; DROP TABLE ua_places; --", "")]
    [DataRow("^plain + text", "x")]
    [DataRow("<b>plain</b>", "")]
    [DataRow("", "")]
    [DataRow("%", "")]
    [DataRow("plain\0text", "x")]
    public async Task A_query_is_words_and_nothing_else_when_it_looks_like_syntax(string query, string found)
    {
        await SaveAsync("https://a.example/", "plain text");
        Assert.AreEqual(found.Length > 0 ? "https://a.example/" : "", await FindAsync(query));
    }

    [TestMethod]
    public async Task A_later_capture_replaces_the_earlier_when_a_page_is_kept_again()
    {
        await SaveAsync("https://a.example/", "earlier words", excerpt: "one");
        await SaveAsync("https://a.example/", "later words", excerpt: "two", at: Now + 1);
        Assert.AreEqual("", await FindAsync("earlier"));
        var found = (await Store.SearchAsync(Ada, new PlaceSearch { Query = "later", Limit = 5 }, None)).Single();
        Assert.AreEqual(("two", "\u0001later\u0002 words", Now + 1), (found.Excerpt, found.Snippet, found.SeenAt));
    }

    [TestMethod]
    public async Task Stars_follow_on_when_they_are_read_since_an_offset()
    {
        await StarAsync("https://a.example/");
        await StarAsync("https://b.example/");
        var all = await Store.ReadStarsAsync(Ada, 0, 1, None);
        Assert.AreEqual("a b", Text(all));
        Assert.IsEmpty((await Store.ReadStarsAsync(Ada, all.Offset, 10, None)).Items);
        await StarAsync("https://a.example/", isStarred: false);
        await VisitAsync("https://b.example/", title: "b");
        await StarAsync("https://c.example/");
        var page = await Store.ReadStarsAsync(Ada, all.Offset, 2, None);
        Assert.AreEqual("-a b", Text(page));
        Assert.IsTrue(page.More);
        Assert.AreEqual("c", Text(await Store.ReadStarsAsync(Ada, page.Offset, 2, None)));
        Assert.IsTrue((await Store.ReadStarsAsync(Ada, 1000, 2, None)).SnapshotNeeded);
        Assert.IsTrue((await Store.ReadStarsAsync(Ada, -1, 2, None)).SnapshotNeeded);
    }

    [TestMethod]
    public async Task Feed_stays_at_its_offset_when_other_things_are_written()
    {
        await StarAsync("https://a.example/");
        await StarAsync("https://a.example/", isStarred: false);
        await VisitAsync("https://b.example/");
        var (stars, history, sessions) = await OffsetsAsync();
        await VisitAsync("https://c.example/");
        Assert.AreEqual(stars, (await OffsetsAsync()).Stars);
        Assert.AreEqual(sessions, (await OffsetsAsync()).Sessions);
        Assert.IsGreaterThan(history, (await OffsetsAsync()).History);
        history = (await OffsetsAsync()).History;
        await StarAsync("https://d.example/");
        Assert.AreEqual(history, (await OffsetsAsync()).History);
        Assert.AreEqual((await OffsetsAsync()).Stars, (await Store.ReadStarsAsync(Ada, stars, 10, None)).Offset, "Whoever reads on arrives where whoever reads all arrives.");
    }

    [TestMethod]
    public async Task History_keeps_to_its_window_when_places_push_each_other_out()
    {
        for (var index = 0; index < 5; index++)
        {
            await VisitAsync($"https://{index}.example/", Now + index);
        }

        var all = await Store.ReadHistoryAsync(Ada, 0, 3, None);
        Assert.AreEqual("2 3 4", Text(all));
        await VisitAsync("https://0.example/", Now + 10);
        await VisitAsync("https://5.example/", Now - 1);
        var changes = await Store.ReadHistoryAsync(Ada, all.Offset, 3, None);
        Assert.AreEqual("0", Text(changes));
        Assert.AreEqual("https://2.example/", changes.Gone.Single());
        await VisitAsync("https://2.example/", Now + 11);
        await VisitAsync("https://3.example/", Now + 12);
        Assert.IsTrue((await Store.ReadHistoryAsync(Ada, all.Offset, 3, None)).SnapshotNeeded);
    }

    private async Task<(long Stars, long History, long Sessions)> OffsetsAsync() => (
        (await Store.ReadStarsAsync(Ada, 0, 10, None)).Offset,
        (await Store.ReadHistoryAsync(Ada, 0, 10, None)).Offset,
        (await Store.ReadSessionsAsync(Ada, 0, 10, None)).Offset);

    private static string Text(UserAgentChanges<PlaceRecord> changes) =>
        string.Join(' ', changes.Items.Select(static place => NameOf(place.Url)));

    private static string Text(UserAgentChanges<StarRecord> changes) =>
        string.Join(' ', changes.Items.Select(static star => (star.StarredAt is null ? "-" : "") + NameOf(star.Url)));

    private static string NameOf(string url) => url["https://".Length..^".example/".Length];
}
