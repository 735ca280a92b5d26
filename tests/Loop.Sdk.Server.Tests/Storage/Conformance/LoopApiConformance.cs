using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

/// <summary>What any store of the Loop HTTP API must do.</summary>
public abstract class LoopApiConformance
{
    private const long Now = 1_000_000;
    private const long Day = 24 * 3600;

    private Func<ValueTask> _close = static () => ValueTask.CompletedTask;

    protected ILoopApiStorage Store { get; private set; } = null!;

    private static CancellationToken None => CancellationToken.None;

    [TestInitialize]
    public void Begin() => (Store, _close) = Open();

    [TestCleanup]
    public async Task End() => await _close();

    [TestMethod]
    public async Task Session_is_found_until_it_expires()
    {
        await AddAsync("s", "ada", expiresAt: Now + 10, account: "ada");
        await AddAsync("t", "hawk:t");
        var session = (await Store.FindAsync("s", Now, None))!;
        Assert.AreEqual(("s", "ada", "ada", Now, Now + 10), (session.Id, session.User, session.Account, session.CreatedAt, session.ExpiresAt));
        Assert.IsTrue(session.MaskedKey.Span.SequenceEqual(Key("s")));
        Assert.IsNull((await Store.FindAsync("t", Now, None))!.Account);
        Assert.IsNotNull(await Store.FindAsync("s", Now + 9, None));
        Assert.IsNull(await Store.FindAsync("s", Now + 10, None));
        Assert.IsNull(await Store.FindAsync("x", Now, None));
    }

    [TestMethod]
    public async Task Session_is_prolonged_and_never_shortened()
    {
        await AddAsync("s", "ada", expiresAt: Now + 10);
        await Store.ProlongAsync("s", Now + 20, None);
        await Store.ProlongAsync("s", Now + 15, None);
        await Store.ProlongAsync("x", Now + 15, None);
        Assert.AreEqual(Now + 20, (await Store.FindAsync("s", Now, None))!.ExpiresAt);
    }

    [TestMethod]
    public async Task Oldest_sessions_of_a_user_make_room()
    {
        await AddAsync("other", "bob");
        foreach (var number in Enumerable.Range(0, 4))
        {
            await AddAsync($"s{number}", "ada", createdAt: Now + number, limit: 2);
        }

        Assert.AreEqual("s2 s3 other", string.Join(' ', await ThereAsync("s0", "s1", "s2", "s3", "other")));
    }

    [TestMethod]
    public async Task Sessions_end_one_by_one_or_with_their_user()
    {
        await AddAsync("a", "ada");
        await AddAsync("b", "ada");
        await AddAsync("c", "ada");
        await AddAsync("d", "bob");
        Assert.IsTrue(await Store.RemoveAsync("a", None));
        Assert.IsFalse(await Store.RemoveAsync("a", None));
        Assert.AreEqual(2, await Store.RemoveUserAsync("ada", None));
        Assert.AreEqual(0, await Store.RemoveUserAsync("ada", None));
        Assert.AreEqual("d", string.Join(' ', await ThereAsync("a", "b", "c", "d")));
    }

    [TestMethod]
    public async Task Addresses_are_set_by_topic_and_told_once()
    {
        await AddAsync("a", "ada");
        await AddAsync("b", "ada");
        await AddAsync("c", "ada", expiresAt: Now + 5);
        Assert.IsTrue(await UrlAsync("a", "rooms", "http://z"));
        Assert.IsTrue(await UrlAsync("a", "calls", "http://x"));
        Assert.IsTrue(await UrlAsync("a", "rooms", "http://y"));
        Assert.IsTrue(await UrlAsync("b", "rooms", "http://y"));
        Assert.IsTrue(await UrlAsync("c", "rooms", "http://a"));
        Assert.IsFalse(await UrlAsync("x", "rooms", "http://a"));
        Assert.AreEqual("http://a http://y", await UrlsAsync("ada", "rooms"));
        Assert.AreEqual("http://y", await UrlsAsync("ada", "rooms", Now + 5));
        Assert.AreEqual("http://x", await UrlsAsync("ada", "calls"));
        Assert.AreEqual("", await UrlsAsync("bob", "rooms"));
        await Store.ClearUrlsAsync("a", None);
        Assert.AreEqual("", await UrlsAsync("ada", "calls"));
        await Store.RemoveAsync("b", None);
        Assert.AreEqual("http://a", await UrlsAsync("ada", "rooms"));
        await AddAsync("b", "ada");
        Assert.AreEqual("http://a", await UrlsAsync("ada", "rooms"));
    }

    [TestMethod]
    public async Task Versions_rise_and_remember_when_their_burst_began()
    {
        Assert.IsNull(await Store.GetVersionAsync("ada", None));
        foreach (var (second, version, since) in new[] { (100L, 100L, 100L), (100, 101, 100), (101, 102, 100), (90, 103, 90), (103, 104, 90), (105, 105, 105), (200, 200, 200) })
        {
            Assert.AreEqual(new LoopApiVersionRecord(version, since), await Store.AdvanceAsync("ada", second, None));
            Assert.AreEqual(new LoopApiVersionRecord(version, since), await Store.GetVersionAsync("ada", None));
        }

        Assert.AreEqual(new LoopApiVersionRecord(7, 7), await Store.AdvanceAsync("bob", 7, None));
    }

    [TestMethod]
    public async Task What_has_expired_is_swept_in_parts()
    {
        foreach (var number in Enumerable.Range(0, 5))
        {
            await AddAsync($"s{number}", "ada", expiresAt: Now + number);
            await UrlAsync($"s{number}", "rooms", "http://x");
        }

        await Store.AdvanceAsync("old", 1, None);
        var now = Now + 3;
        Assert.AreEqual(2, await Store.SweepAsync(now, 2, None));
        Assert.AreEqual(2, await Store.SweepAsync(now, 3, None));
        Assert.AreEqual(0, await Store.SweepAsync(now, 3, None));
        Assert.AreEqual("s4", string.Join(' ', await ThereAsync("s0", "s1", "s2", "s3", "s4")));
        Assert.IsNotNull(await Store.GetVersionAsync("old", None));
        Assert.AreEqual(1, await Store.SweepAsync((2 + (30 * Day)) * 1000, 10, None));
        Assert.IsNull(await Store.GetVersionAsync("old", None));
    }

    [TestMethod]
    public async Task Records_that_are_none_are_refused()
    {
        await RefusedAsync(() => AddAsync("", "ada"));
        await RefusedAsync(() => AddAsync("s", ""));
        await RefusedAsync(() => AddAsync("s", "ada", limit: 0));
        await RefusedAsync(() => AddAsync("s", "ada", account: new string('x', 257)));
        await RefusedAsync(() => Store.AddAsync(new LoopApiSessionRecord("s", "ada", null, new byte[31], Now, Now), 1, None));
        await RefusedAsync(() => Store.FindAsync("", Now, None));
        await RefusedAsync(() => UrlAsync("s", "rooms", new string('x', 2049)));
        await RefusedAsync(() => Store.AdvanceAsync("ada", -1, None));
        await RefusedAsync(() => Store.SweepAsync(Now, 0, None));
    }

    /// <summary>Opens a store with nothing in it, and says how to close it.</summary>
    protected abstract (ILoopApiStorage Store, Func<ValueTask> Close) Open();

    private static byte[] Key(string id) => [.. Enumerable.Repeat((byte)id[0], 32)];

    private static async Task RefusedAsync(Func<Task> write) => Assert.AreEqual(ErrorCodes.InvalidRecord, (await Assert.ThrowsExactlyAsync<LoopException>(write)).Code);

    private Task AddAsync(string id, string user, long createdAt = Now, long expiresAt = Now * 2, string? account = null, int limit = 100) =>
        Store.AddAsync(new LoopApiSessionRecord(id, user, account, id.Length == 0 ? new byte[32] : Key(id), createdAt, expiresAt), limit, None);

    private Task<bool> UrlAsync(string id, string topic, string url) => Store.SetUrlsAsync(id, new Dictionary<string, string> { [topic] = url }, None);

    private async Task<string> UrlsAsync(string user, string topic, long now = Now) => string.Join(' ', await Store.ListUrlsAsync(user, topic, now, None));

    private async Task<List<string>> ThereAsync(params string[] ids)
    {
        var there = new List<string>();
        foreach (var id in ids)
        {
            if (await Store.FindAsync(id, 0, None) is not null)
            {
                there.Add(id);
            }
        }

        return there;
    }
}
