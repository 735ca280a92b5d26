using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

/// <summary>What any store of availability must do.</summary>
public abstract class AvailabilityConformance
{
    private const long Now = 1000;

    private Func<ValueTask> _close = static () => ValueTask.CompletedTask;

    protected IAvailabilityStorage Store { get; private set; } = null!;

    private static CancellationToken None => CancellationToken.None;

    [TestInitialize]
    public void Begin() => (Store, _close) = Open();

    [TestCleanup]
    public async Task End() => await _close();

    [TestMethod]
    public async Task Account_is_known_once_it_was_seen()
    {
        Assert.IsFalse(await Store.IsKnownAsync("ada", None));
        Assert.IsTrue(await Store.SeeAsync("ada", Now, None));
        Assert.IsFalse(await Store.SeeAsync("ada", Now + 1, None));
        Assert.IsTrue(await Store.IsKnownAsync("ada", None));
        await Store.SetStatusAsync("bob", new StatusRecord(1, "x"), Now, None);
        await GrantAsync("cyd", "app", "1");
        Assert.IsTrue(await Store.IsKnownAsync("bob", None) && await Store.IsKnownAsync("cyd", None));
    }

    [TestMethod]
    public async Task Status_is_the_last_one_that_was_set()
    {
        Assert.AreEqual(StatusRecord.None, await Store.GetStatusAsync("ada", None));
        await Store.SetStatusAsync("ada", new StatusRecord(2, "Lunch ✓"), Now, None);
        Assert.AreEqual(new StatusRecord(2, "Lunch ✓"), await Store.GetStatusAsync("ada", None));
        await Store.SeeAsync("ada", Now, None);
        await Store.SetStatusAsync("ada", new StatusRecord(0, null), Now, None);
        Assert.AreEqual(StatusRecord.None, await Store.GetStatusAsync("ada", None));
    }

    [TestMethod]
    public async Task Granting_again_gives_the_same_grant_until_it_is_revoked()
    {
        var first = await GrantAsync("ada", "app", "1");
        Assert.AreEqual(first, await GrantAsync("ada", "app", "2"));
        Assert.AreEqual(first, await Store.RevokeAsync("ada", "app", None));
        Assert.IsNull(await Store.RevokeAsync("ada", "app", None));
        Assert.AreEqual("3", (await GrantAsync("ada", "app", "3"))!.Id);
        Assert.IsEmpty(await Store.ListGrantsAsync("bob", None));
    }

    [TestMethod]
    public async Task Grants_of_an_account_are_bounded()
    {
        await GrantAsync("ada", "b", "1");
        await GrantAsync("ada", "a", "2");
        Assert.IsNull(await Store.GrantAsync(new GrantRecord("c", "ada", "3", Now), 2, None));
        Assert.IsNotNull(await Store.GrantAsync(new GrantRecord("a", "ada", "4", Now), 2, None));
        Assert.AreEqual("a b", string.Join(' ', (await Store.ListGrantsAsync("ada", None)).Select(static grant => grant.Application)));
    }

    [TestMethod]
    public async Task People_come_in_pages_with_their_status()
    {
        foreach (var number in Enumerable.Range(0, 5))
        {
            await GrantAsync($"u{number}", "app", $"id{4 - number}");
            await Store.SetStatusAsync($"u{number}", new StatusRecord(number, null), Now, None);
        }

        await GrantAsync("u0", "other", "id9");
        var page = await Store.ListPeopleAsync("app", "", 3, None);
        Assert.AreEqual("id0:4 id1:3 id2:2", string.Join(' ', page.Select(static person => $"{person.Grant.Id}:{person.Status.Mode}")));
        Assert.AreEqual("id3 id4", string.Join(' ', (await Store.ListPeopleAsync("app", "id2", 3, None)).Select(static person => person.Grant.Id)));
        Assert.AreEqual("u0", (await Store.FindPersonAsync("app", "id4", None))!.Grant.Account);
        Assert.IsNull(await Store.FindPersonAsync("app", "id9", None));
        await Store.RevokeAsync("u0", "app", None);
        Assert.IsNull(await Store.FindPersonAsync("app", "id4", None));
        Assert.HasCount(4, await Store.ListPeopleAsync("app", "", 10, None));
    }

    [TestMethod]
    public async Task Records_that_are_none_are_refused()
    {
        await RefusedAsync(() => Store.SeeAsync("", Now, None));
        await RefusedAsync(() => Store.SeeAsync("ada", -1, None));
        await RefusedAsync(() => Store.IsKnownAsync(new string('x', 257), None));
        await RefusedAsync(() => Store.SetStatusAsync("ada", new StatusRecord(-1, null), Now, None));
        await RefusedAsync(() => Store.SetStatusAsync("ada", new StatusRecord(0, new string('x', 4097)), Now, None));
        await RefusedAsync(() => GrantAsync("ada", "", "1"));
        await RefusedAsync(() => Store.ListPeopleAsync("app", "", 0, None));
    }

    /// <summary>Opens a store with nothing in it, and says how to close it.</summary>
    protected abstract (IAvailabilityStorage Store, Func<ValueTask> Close) Open();

    private static async Task RefusedAsync(Func<Task> write) =>
        Assert.AreEqual(ErrorCodes.InvalidRecord, (await Assert.ThrowsExactlyAsync<LoopException>(write)).Code);

    private Task<GrantRecord?> GrantAsync(string account, string application, string id) =>
        Store.GrantAsync(new GrantRecord(application, account, id, Now), 100, None);
}
