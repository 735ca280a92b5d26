using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class UserAgentWriteConformance : UserAgentConformance
{
    [TestMethod]
    public async Task Sessions_are_numbered_by_account_when_they_start()
    {
        Assert.AreEqual(2, (await Store.StartSessionAsync(Ada, UserAgentSamples.Session(scope: 0, ancestor: 1), None)).Session);
        Assert.AreEqual(1, (await Store.StartSessionAsync("bob", UserAgentSamples.Session(), None)).Session);
        var open = await Store.ReadSessionsAsync(Ada, 0, 10, None);
        Assert.AreEqual("1:: 2:0:1", string.Join(' ', open.Items.Select(static session => $"{session.Id}:{session.Scope}:{session.Ancestor}")));
    }

    [TestMethod]
    public async Task Sessions_are_refused_when_their_ancestor_did_not_begin_before_or_too_many_are_open()
    {
        Assert.AreEqual(UserAgentOutcome.AncestorNotFound, (await Store.StartSessionAsync(Ada, UserAgentSamples.Session(ancestor: 2), None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.AncestorNotFound, (await Store.StartSessionAsync(Ada, UserAgentSamples.Session(ancestor: -1), None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.AncestorNotFound, (await Store.StartSessionAsync("bob", UserAgentSamples.Session(ancestor: 1), None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.TooMany, (await Store.StartSessionAsync(Ada, UserAgentSamples.Session(most: 1), None)).Outcome);
        await Store.EndSessionAsync(Ada, 1, "tabClosed", Now, None);
        Assert.AreEqual(new UserAgentResult(UserAgentOutcome.Done, 2), await Store.StartSessionAsync(Ada, UserAgentSamples.Session(ancestor: 1, most: 1), None));
    }

    [TestMethod]
    public async Task A_session_ends_once_when_it_is_ended_twice()
    {
        Assert.AreEqual(UserAgentOutcome.Done, (await Store.EndSessionAsync(Ada, 1, "tabClosed", Now + 1, None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.SessionEnded, (await Store.EndSessionAsync(Ada, 1, "other", Now + 2, None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.SessionNotFound, (await Store.EndSessionAsync(Ada, 2, null, Now, None)).Outcome);
        var ended = (await Store.ReadSessionsAsync(Ada, 1, 10, None)).Items.Single();
        Assert.AreEqual((Now + 1, "tabClosed"), (ended.EndedAt, ended.EndReason));
    }

    [TestMethod]
    public async Task Writes_are_refused_when_their_session_is_not_open_in_the_account()
    {
        await Store.EndSessionAsync(Ada, 1, null, Now, None);
        Assert.AreEqual(UserAgentOutcome.SessionEnded, (await Store.AddVisitAsync(Ada, UserAgentSamples.Visit("https://a.example/"), None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.SessionEnded, (await Store.SavePageAsync(Ada, UserAgentSamples.Page("https://a.example/", "text"), None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.SessionEnded, (await Store.StarAsync(Ada, UserAgentSamples.Star("https://a.example/"), None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.SessionNotFound, (await Store.AddVisitAsync("bob", UserAgentSamples.Visit("https://a.example/"), None)).Outcome);
        Assert.AreEqual("", await VisitedAsync());
        Assert.AreEqual("", await FindAsync("example"));
    }

    [TestMethod]
    public async Task A_write_happens_once_when_its_key_comes_again()
    {
        var session = await Store.StartSessionAsync(Ada, UserAgentSamples.Session("k1"), None);
        var again = await Store.StartSessionAsync(Ada, UserAgentSamples.Session("k1"), None);
        Assert.AreEqual((UserAgentOutcome.Repeated, session.Session), (again.Outcome, again.Session));

        await Store.AddVisitAsync(Ada, UserAgentSamples.Visit("https://a.example/", Now, key: "k2"), None);
        await Store.EndSessionAsync(Ada, 1, null, Now, None);
        Assert.AreEqual(UserAgentOutcome.Repeated, (await Store.AddVisitAsync(Ada, UserAgentSamples.Visit("https://a.example/", Now + 5, key: "k2"), None)).Outcome);
        Assert.AreEqual("https://a.example/::1", await VisitedAsync());
        Assert.AreEqual(UserAgentOutcome.KeyConflict, (await Store.StarAsync(Ada, UserAgentSamples.Star("https://a.example/", key: "k2"), None)).Outcome);
        await Store.StartSessionAsync("bob", UserAgentSamples.Session(), None);
        Assert.AreEqual(UserAgentOutcome.Done, (await Store.AddVisitAsync("bob", UserAgentSamples.Visit("https://a.example/", key: "k2"), None)).Outcome);
    }

    [TestMethod]
    public async Task A_key_may_be_used_again_when_it_was_swept()
    {
        await Store.StartSessionAsync(Ada, UserAgentSamples.Session("k1", at: Now), None);
        await Store.StartSessionAsync(Ada, UserAgentSamples.Session("k2", at: Now + 10), None);
        Assert.AreEqual(1, await Store.SweepKeysAsync(Now + 10, 100, None));
        Assert.AreEqual(UserAgentOutcome.Done, (await Store.StartSessionAsync(Ada, UserAgentSamples.Session("k1"), None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.Repeated, (await Store.StartSessionAsync(Ada, UserAgentSamples.Session("k2"), None)).Outcome);
    }

    [TestMethod]
    public async Task Stars_are_as_the_last_write_says_when_they_are_given_and_taken_again_and_again()
    {
        await StarAsync("https://a.example/");
        await StarAsync("https://a.example/");
        await StarAsync("https://a.example/", isStarred: false);
        Assert.AreEqual("", await StarredAsync());
        await StarAsync("https://a.example/", isStarred: false);
        await StarAsync("https://a.example/");
        await StarAsync("https://b.example/", isStarred: false);
        Assert.AreEqual("https://a.example/:", await StarredAsync());
        Assert.AreEqual(UserAgentOutcome.TooMany, (await Store.StarAsync(Ada, UserAgentSamples.Star("https://c.example/", most: 1), None)).Outcome);
        Assert.AreEqual(UserAgentOutcome.Done, (await Store.StarAsync(Ada, UserAgentSamples.Star("https://a.example/", most: 1), None)).Outcome);
    }

    [TestMethod]
    public async Task A_title_stays_when_later_writes_have_none_and_older_ones_have_another()
    {
        await VisitAsync("https://a.example/", Now, "First");
        await VisitAsync("https://a.example/", Now + 2);
        await VisitAsync("https://a.example/", Now - 2, "Older");
        Assert.AreEqual("https://a.example/:First:3", await VisitedAsync());
        await VisitAsync("https://a.example/", Now + 3, "Newer");
        await StarAsync("https://a.example/");
        Assert.AreEqual("https://a.example/:Newer", await StarredAsync());
    }

    [TestMethod]
    public async Task A_visit_counts_once_when_place_and_time_are_the_same()
    {
        await VisitAsync("https://a.example/");
        await VisitAsync("https://a.example/");
        Assert.AreEqual("https://a.example/::1", await VisitedAsync());
    }

    [TestMethod]
    public async Task Records_are_refused_when_they_are_out_of_bounds()
    {
        await RefusedAsync(() => Store.AddVisitAsync(Ada, UserAgentSamples.Visit(""), None));
        await RefusedAsync(() => Store.AddVisitAsync(Ada, UserAgentSamples.Visit(new string('u', UserAgentStorageLimits.MaxUrl + 1)), None));
        await RefusedAsync(() => Store.AddVisitAsync(Ada, UserAgentSamples.Visit("https://a.example/", -1), None));
        await RefusedAsync(() => Store.SavePageAsync(Ada, UserAgentSamples.Page("https://a.example/", ""), None));
        await RefusedAsync(() => Store.SavePageAsync(Ada, UserAgentSamples.Page("https://a.example/", new string('t', UserAgentStorageLimits.MaxText + 1)), None));
        await RefusedAsync(() => Store.AddVisitAsync("", UserAgentSamples.Visit("https://a.example/"), None));
        await RefusedAsync(() => Store.SearchAsync(Ada, new PlaceSearch { Query = "a", Limit = 0 }, None));
        await RefusedAsync(() => Store.ListTopAsync(Ada, 0, None));
    }
}
