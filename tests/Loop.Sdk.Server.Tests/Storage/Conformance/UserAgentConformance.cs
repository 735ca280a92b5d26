using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

/// <summary>What any store of user agents must do. A store's tests derive from the suites, and say how to open it, empty.</summary>
public abstract class UserAgentConformance
{
    protected const string Ada = "ada";
    protected const long Now = UserAgentSamples.Now;

    private Func<ValueTask> _close = static () => ValueTask.CompletedTask;

    protected static CancellationToken None => CancellationToken.None;

    protected IUserAgentStorage Store { get; private set; } = null!;

    [TestInitialize]
    public async Task Begin()
    {
        (Store, _close) = Open();
        await Store.StartSessionAsync(Ada, UserAgentSamples.Session(), None);
    }

    [TestCleanup]
    public async Task End() => await _close();

    /// <summary>Opens a store with nothing in it, and says how to close it.</summary>
    protected abstract (IUserAgentStorage Store, Func<ValueTask> Close) Open();

    protected async Task VisitAsync(string url, long at = Now, string? title = null) =>
        Assert.AreEqual(UserAgentOutcome.Done, (await Store.AddVisitAsync(Ada, UserAgentSamples.Visit(url, at, title), None)).Outcome);

    protected async Task SaveAsync(string url, string text, string? title = null, string? excerpt = null, long at = Now) =>
        Assert.AreEqual(UserAgentOutcome.Done, (await Store.SavePageAsync(Ada, UserAgentSamples.Page(url, text, title, excerpt, at: at), None)).Outcome);

    protected async Task StarAsync(string url, bool isStarred = true, string? title = null, long at = Now) =>
        Assert.AreEqual(UserAgentOutcome.Done, (await Store.StarAsync(Ada, UserAgentSamples.Star(url, isStarred, title, at: at), None)).Outcome);

    /// <summary>The addresses that are found, in order.</summary>
    protected async Task<string> FindAsync(string query, long since = 0, int limit = 10, string account = Ada, bool newestFirst = false)
    {
        var search = new PlaceSearch { Query = query, Limit = limit, Since = since, NewestFirst = newestFirst };
        return string.Join(' ', (await Store.SearchAsync(account, search, None)).Select(static place => place.Url));
    }

    protected async Task<string> VisitedAsync(int limit = 100) =>
        string.Join(' ', (await Store.ListVisitedAsync(Ada, null, limit, None)).Items.Select(static place => $"{place.Url}:{place.Title}:{place.Visits}"));

    protected async Task<string> StarredAsync() => string.Join(' ', (await Store.ListStarredAsync(Ada, 100, None)).Select(static place => $"{place.Url}:{place.Title}"));

    protected Task<ForgetStep> ForgetAsync(ForgetRange range, long after = 0, int limit = 100) => Store.ForgetAsync(Ada, range, after, limit, None);

    protected static async Task RefusedAsync(Func<Task> write) => Assert.AreEqual(ErrorCodes.InvalidRecord, (await Assert.ThrowsExactlyAsync<LoopException>(write)).Code);
}
