using Loop.Sdk.Feeds;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>One session's calls to <c>loop.useragent/1</c>.</summary>
internal sealed class UserAgentHandler(UserAgentBook book, LoopSession session) : IUserAgent
{
    private string Account => session.PrincipalId is { Length: > 0 } account ? account : throw UserAgentErrors.Of(ErrorCodes.AccountRequired);

    public async Task<AgentSessionRef> StartSessionAsync(StartAgentSession request, CancellationToken cancellationToken)
    {
        var account = Account;
        var key = Key(RequestCheck.Some(request).Key);
        return new AgentSessionRef(await book.StartSessionAsync(account, key, request.Scope, request.Ancestor, request.Reason).ConfigureAwait(false));
    }

    public Task EndSessionAsync(EndAgentSession request, CancellationToken cancellationToken) =>
        book.EndSessionAsync(Account, RequestCheck.Some(request).Session, request.Reason);

    public Task AddVisitAsync(AddVisit request, CancellationToken cancellationToken) =>
        book.VisitAsync(Account, Key(RequestCheck.Some(request).Key), request.Url, request.Session, request.Title, request.At);

    public Task SavePageAsync(SavePage request, CancellationToken cancellationToken) =>
        book.SavePageAsync(Account, Key(RequestCheck.Some(request).Key), request.Url, request.Session, request.Title, request.Excerpt, request.Text);

    public Task StarAsync(StarPage request, CancellationToken cancellationToken) =>
        book.StarAsync(Account, Key(RequestCheck.Some(request).Key), request.Url, request.Session, request.Title, isStarred: true);

    public Task UnstarAsync(StarPage request, CancellationToken cancellationToken) =>
        book.StarAsync(Account, Key(RequestCheck.Some(request).Key), request.Url, request.Session, request.Title, isStarred: false);

    public async Task<FoundPages> SearchAsync(SearchPages request, CancellationToken cancellationToken)
    {
        var limit = UserAgentChecks.Limit(RequestCheck.Some(request).Limit, UserAgentChecks.MaxResults);
        var found = await book.SearchAsync(Account, request.Query, limit, request.Since, request.SnippetSize, newestFirst: false, cancellationToken).ConfigureAwait(false);
        return new FoundPages([.. found.Select(UserAgentViews.Found)]);
    }

    public async Task<TopSites> GetTopSitesAsync(TopSitesQuery request, CancellationToken cancellationToken)
    {
        var limit = UserAgentChecks.Limit(RequestCheck.Some(request).Limit, UserAgentChecks.MaxLimit);
        return new TopSites([.. (await book.Core.Storage.ListTopAsync(Account, limit, cancellationToken).ConfigureAwait(false)).Select(UserAgentViews.Top)]);
    }

    public async Task<VisitedPlaces> ListVisitsAsync(VisitsQuery request, CancellationToken cancellationToken)
    {
        var limit = UserAgentChecks.Limit(RequestCheck.Some(request).Limit, UserAgentChecks.MaxLimit);
        var page = await book.Core.Storage.ListVisitedAsync(Account, UserAgentViews.Cursor(request.Before), limit, cancellationToken).ConfigureAwait(false);
        return new VisitedPlaces { Items = [.. page.Items.Select(UserAgentViews.Visited)], Next = UserAgentViews.Cursor(page.Next) };
    }

    public Task<ForgottenHistory> ForgetAsync(ForgetHistory request, CancellationToken cancellationToken) =>
        book.ForgetAsync(Account, RequestCheck.Some(request), cancellationToken);

    public IFeed<KeyedSnapshot<StarredPage>, KeyedChange<string, StarredPage>> Stars() => Follow(static feeds => feeds.Stars);

    public IFeed<KeyedSnapshot<VisitedPlace>, KeyedChange<string, VisitedPlace>> History() => Follow(static feeds => feeds.History);

    public IFeed<KeyedSnapshot<AgentSession>, KeyedChange<long, AgentSession>> Sessions() => Follow(static feeds => feeds.Sessions);

    public IFeed<KeyedSnapshot<TopSite>, KeyedChange<string, TopSite>> FollowTopSites() =>
        new GatedFeed<KeyedSnapshot<TopSite>, KeyedChange<string, TopSite>>(async cancellationToken =>
        {
            var grant = book.Core.Feeds.Open(Account, static feeds => feeds.TopSites.Feed);
            try
            {
                await book.Core.Feeds.Find(Account)!.TopSites.RefreshAsync(cancellationToken).ConfigureAwait(false);
                return grant;
            }
            catch
            {
                grant.Dispose();
                throw;
            }
        });

    private static string Key(string? key) => key ?? throw RequestCheck.Invalid("The key is missing.");

    private GatedFeed<TSnapshot, TChange> Follow<TSnapshot, TChange>(Func<AccountFeed, IFeed<TSnapshot, TChange>> feed) =>
        new(_ => ValueTask.FromResult(book.Core.Feeds.Open(Account, feed)));
}
