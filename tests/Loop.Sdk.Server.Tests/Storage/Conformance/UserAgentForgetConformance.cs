using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class UserAgentForgetConformance : UserAgentConformance
{
    private static readonly ForgetRange All = new();

    [TestMethod]
    public async Task An_address_is_gone_from_everywhere_when_it_is_forgotten()
    {
        await FillAsync();
        Assert.AreEqual(new ForgetStep(2, 1, null), await ForgetAsync(new ForgetRange { Url = "https://a.example/" }));
        Assert.AreEqual("https://b.example/:B:1", await VisitedAsync());
        Assert.AreEqual("", await FindAsync("alpha"));
        Assert.AreEqual("https://b.example/:B https://c.example/:C", await StarredAsync());
        Assert.AreEqual(new ForgetStep(0, 0, null), await ForgetAsync(new ForgetRange { Url = "https://a.example/" }));
    }

    [TestMethod]
    public async Task Stars_stay_with_their_titles_when_everything_else_is_forgotten()
    {
        await FillAsync();
        Assert.AreEqual(new ForgetStep(3, 2, null), await ForgetAsync(All));
        Assert.AreEqual("", await VisitedAsync());
        Assert.AreEqual("https://b.example/:B https://c.example/:C", await StarredAsync());
        Assert.AreEqual("", await FindAsync("beta"));
        Assert.AreEqual("https://b.example/", await FindAsync("b"));
        Assert.IsEmpty(await Store.ListTopAsync(Ada, 10, None));
    }

    [TestMethod]
    public async Task Nothing_stays_when_everything_is_forgotten_with_stars()
    {
        await FillAsync();
        await ForgetAsync(All with { Stars = true });
        Assert.AreEqual("", await StarredAsync());
        Assert.AreEqual("", await FindAsync("example"));
        await StarAsync("https://b.example/");
        Assert.AreEqual("https://b.example/:", await StarredAsync());
    }

    [TestMethod]
    public async Task What_happened_outside_stays_when_a_time_is_forgotten()
    {
        await FillAsync();
        Assert.AreEqual(new ForgetStep(1, 1, null), await ForgetAsync(new ForgetRange { From = Now + 10, Until = Now + 20 }));
        Assert.AreEqual("https://b.example/:B:1 https://a.example/:A1:1", await VisitedAsync());
        Assert.AreEqual("", await FindAsync("alpha"));
        Assert.AreEqual("https://b.example/", await FindAsync("beta"));
        await ForgetAsync(new ForgetRange { From = Now + 30, Until = Now + 31, Stars = true });
        Assert.AreEqual("https://c.example/:C", await StarredAsync());
    }

    [TestMethod]
    public async Task Everything_is_forgotten_in_steps_when_a_step_is_limited()
    {
        await FillAsync();
        var steps = new List<ForgetStep>();
        for (long? after = 0; after is { } from; after = steps[^1].Next)
        {
            steps.Add(await ForgetAsync(All, from, 1));
        }

        Assert.HasCount(4, steps);
        Assert.AreEqual(3, steps.Sum(static step => step.Visits));
        Assert.AreEqual("", await VisitedAsync());
    }

    [TestMethod]
    public async Task Others_keep_theirs_when_an_account_forgets()
    {
        await Store.StartSessionAsync("bob", UserAgentSamples.Session(), None);
        await Store.SavePageAsync("bob", UserAgentSamples.Page("https://a.example/", "alpha"), None);
        await FillAsync();
        await ForgetAsync(All with { Stars = true });
        Assert.AreEqual("https://a.example/", await FindAsync("alpha", account: "bob"));
    }

    [TestMethod]
    public async Task Positions_from_before_need_a_snapshot_when_something_was_forgotten()
    {
        await FillAsync();
        var before = (await Store.ReadStarsAsync(Ada, 0, 10, None)).Offset;
        await ForgetAsync(All);
        Assert.IsTrue((await Store.ReadStarsAsync(Ada, before, 10, None)).SnapshotNeeded);
        Assert.IsTrue((await Store.ReadHistoryAsync(Ada, before, 10, None)).SnapshotNeeded);
        var now = await Store.ReadSessionsAsync(Ada, 0, 10, None);
        Assert.HasCount(1, now.Items);
        Assert.IsFalse((await Store.ReadSessionsAsync(Ada, now.Offset, 10, None)).SnapshotNeeded);
    }

    // a: two visits, one of them and its page within [10, 20). b: a visit and a page at 30, and a star. c: a star.
    private async Task FillAsync()
    {
        await VisitAsync("https://a.example/", Now, "A1");
        await VisitAsync("https://a.example/", Now + 10, "A2");
        await SaveAsync("https://a.example/", "alpha text", at: Now + 11);
        await VisitAsync("https://b.example/", Now + 30, "B");
        await SaveAsync("https://b.example/", "beta text", at: Now + 30);
        await StarAsync("https://c.example/", title: "C", at: Now + 29);
        await StarAsync("https://b.example/", at: Now + 30);
    }
}
