using Loop.Sdk.Feeds;

namespace Loop.Sdk.UserAgent;

/// <summary>
/// What the user agents of an account know: sessions, visits, stars, the text of pages. Every window of every device sees the same. Safe for concurrent use. The class is abstract so that
/// tests can replace it; <see cref="Create"/> makes the real one.
/// </summary>
/// <remarks>
/// Writes wait while there is no connection, and are sent again after a lost session under the same key, so that each happens once. They end when the server has them on its disk. What is
/// seen in feeds is what the server has: nothing is shown before.
/// </remarks>
public abstract class UserAgentClient : IAsyncDisposable
{
    /// <summary>Makes a client. Derive only to replace it in tests.</summary>
    protected UserAgentClient()
    {
    }

    /// <summary>The starred pages, by address. It goes on where it was after lost sessions and restarts of the server.</summary>
    public abstract IFeed<KeyedSnapshot<StarredPage>, KeyedChange<string, StarredPage>> Stars { get; }

    /// <summary>The places that were visited last, by address: as many as the server's window holds. It goes on where it was, as stars do.</summary>
    public abstract IFeed<KeyedSnapshot<VisitedPlace>, KeyedChange<string, VisitedPlace>> History { get; }

    /// <summary>The sessions that are open, by number. It goes on where it was, as stars do.</summary>
    public abstract IFeed<KeyedSnapshot<AgentSession>, KeyedChange<long, AgentSession>> Sessions { get; }

    /// <summary>The places that are visited most, by address: as many as the server's window holds.</summary>
    public abstract IFeed<KeyedSnapshot<TopSite>, KeyedChange<string, TopSite>> TopSites { get; }

    /// <summary>Makes a client of a channel.</summary>
    /// <param name="channel">The channel, which the client does not dispose of.</param>
    public static UserAgentClient Create(ChannelClient channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return new ContractUserAgentClient(channel.Service<IUserAgent>());
    }

    /// <summary>Starts a session: one browsing context, such as a tab.</summary>
    /// <param name="scope">The group of sessions that it belongs to, such as a window: any number; null for none.</param>
    /// <param name="ancestor">The session that it came from, or null.</param>
    /// <param name="reason">Why it begins, for example <c>newTab</c>: 1 to 64 visible ASCII characters, or null.</param>
    /// <param name="cancellationToken">Gives up. The session may have been started all the same.</param>
    /// <returns>The session's number in the account.</returns>
    /// <exception cref="LoopException"><c>account_required</c>, <c>ancestor_not_found</c>, <c>too_many_sessions</c>, <c>invalid_request</c>.</exception>
    public abstract Task<long> StartSessionAsync(long? scope = null, long? ancestor = null, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Ends a session. One that has ended stays as it is.</summary>
    /// <param name="session">The session's number.</param>
    /// <param name="reason">Why, for example <c>tabClosed</c>, or null.</param>
    /// <param name="cancellationToken">Gives up. The session may have been ended all the same.</param>
    /// <exception cref="LoopException"><c>account_required</c>, <c>session_not_found</c>, <c>invalid_request</c>.</exception>
    public abstract Task EndSessionAsync(long session, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Records a visit.</summary>
    /// <param name="url">The address: absolute, at most 8 KiB; not <c>javascript:</c>, <c>data:</c> and their like.</param>
    /// <param name="session">The session in which it happened, which must be open.</param>
    /// <param name="title">The page's title, at most 4 KiB; null if it is not known, which leaves the last one that was.</param>
    /// <param name="at">When, from 1990 to five minutes ahead of the server's clock; null for when the server gets it.</param>
    /// <param name="cancellationToken">Gives up. It may have been recorded all the same.</param>
    /// <exception cref="LoopException">
    /// <c>account_required</c>, <c>invalid_url</c>, <c>invalid_time</c>, <c>session_not_found</c>, <c>session_ended</c>, <c>content_too_large</c>.
    /// </exception>
    public abstract Task VisitAsync(string url, long session, string? title = null, DateTimeOffset? at = null, CancellationToken cancellationToken = default);

    /// <summary>Keeps a page's text, so that it can be searched for, in place of what was kept of the page before.</summary>
    /// <param name="url">The address: see <see cref="VisitAsync"/>.</param>
    /// <param name="session">The session in which it was captured, which must be open.</param>
    /// <param name="page">The text.</param>
    /// <param name="cancellationToken">Gives up. It may have been kept all the same.</param>
    /// <exception cref="LoopException">
    /// <c>account_required</c>, <c>invalid_url</c>, <c>session_not_found</c>, <c>session_ended</c>, <c>content_too_large</c>, <c>invalid_request</c>: there is no text.
    /// </exception>
    public abstract Task SavePageAsync(string url, long session, PageCapture page, CancellationToken cancellationToken = default);

    /// <summary>Stars a page. One that is starred stays as it is.</summary>
    /// <param name="url">The address: see <see cref="VisitAsync"/>.</param>
    /// <param name="session">The session in which it happens, which must be open.</param>
    /// <param name="title">The page's title, at most 4 KiB; null if it is not known, which leaves the last one that was.</param>
    /// <param name="cancellationToken">Gives up. It may have been starred all the same.</param>
    /// <exception cref="LoopException">
    /// <c>account_required</c>, <c>invalid_url</c>, <c>session_not_found</c>, <c>session_ended</c>, <c>content_too_large</c>, <c>too_many_stars</c>.
    /// </exception>
    public abstract Task StarAsync(string url, long session, string? title = null, CancellationToken cancellationToken = default);

    /// <summary>Takes a star away. A page without one stays as it is.</summary>
    /// <param name="url">The address.</param>
    /// <param name="session">The session in which it happens, which must be open.</param>
    /// <param name="cancellationToken">Gives up. It may have been taken away all the same.</param>
    /// <exception cref="LoopException"><c>account_required</c>, <c>invalid_url</c>, <c>session_not_found</c>, <c>session_ended</c>, <c>content_too_large</c>.</exception>
    public abstract Task UnstarAsync(string url, long session, CancellationToken cancellationToken = default);

    /// <summary>Finds pages by their text, title and address, the best first.</summary>
    /// <param name="query">Words, all of which must be there; the last one may be the beginning of one. Nothing in it is syntax. At most 1 KiB.</param>
    /// <param name="limit">How many results at most, 1 to 100.</param>
    /// <param name="since">Only what was visited or kept after this time; null for all.</param>
    /// <param name="snippetSize">How much text is shown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>account_required</c>, <c>content_too_large</c>, <c>invalid_request</c>.</exception>
    public abstract Task<IReadOnlyList<FoundPage>> SearchAsync(
        string query, int limit = 20, DateTimeOffset? since = null, SnippetSize snippetSize = SnippetSize.Medium, CancellationToken cancellationToken = default);

    /// <summary>The places that are visited most, lately above all, the first one first.</summary>
    /// <param name="limit">How many at most, 1 to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>account_required</c>, <c>invalid_request</c>.</exception>
    public abstract Task<IReadOnlyList<TopSite>> GetTopSitesAsync(int limit = 20, CancellationToken cancellationToken = default);

    /// <summary>
    /// All places that were visited, each once, the one that was visited last first. They are read page by page as they are consumed: a place that is visited again meanwhile may be missing.
    /// </summary>
    /// <param name="pageSize">How many are read at once, 1 to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">While enumerating: <c>account_required</c>, <c>invalid_request</c>.</exception>
    public abstract IAsyncEnumerable<VisitedPlace> VisitsAsync(int pageSize = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes history: visits, titles, and the text of pages, which is gone from the server's disk when the call ends. Stars stay, with address and title, unless
    /// <see cref="ForgetHistory.Stars"/> says otherwise. If it fails, a part may be deleted: call it again.
    /// </summary>
    /// <param name="what">Exactly one of an address, a time, or everything.</param>
    /// <param name="cancellationToken">Gives up; what was deleted stays deleted.</param>
    /// <exception cref="LoopException"><c>account_required</c>, <c>invalid_url</c>, <c>invalid_request</c>.</exception>
    public abstract Task<ForgottenHistory> ForgetAsync(ForgetHistory what, CancellationToken cancellationToken = default);

    /// <summary>The stars as a list to bind to, the newest first.</summary>
    /// <param name="options">Where the list lives, or null for the synchronisation context of the caller.</param>
    public LiveCollection<string, StarredPage> ShowStars(LiveViewOptions? options = null) =>
        Stars.ToLiveCollection(static star => star.Url, UserAgentOrder.Stars, options);

    /// <summary>The history as a list to bind to, the place that was visited last first.</summary>
    /// <param name="options">Where the list lives, or null for the synchronisation context of the caller.</param>
    public LiveCollection<string, VisitedPlace> ShowHistory(LiveViewOptions? options = null) =>
        History.ToLiveCollection(static place => place.Url, UserAgentOrder.History, options);

    /// <summary>The open sessions as a list to bind to, the oldest first.</summary>
    /// <param name="options">Where the list lives, or null for the synchronisation context of the caller.</param>
    public LiveCollection<long, AgentSession> ShowSessions(LiveViewOptions? options = null) =>
        Sessions.ToLiveCollection(static session => session.Id, UserAgentOrder.Sessions, options);

    /// <summary>The top sites as a list to bind to, the first one first.</summary>
    /// <param name="options">Where the list lives, or null for the synchronisation context of the caller.</param>
    public LiveCollection<string, TopSite> ShowTopSites(LiveViewOptions? options = null) =>
        TopSites.ToLiveCollection(static site => site.Url, UserAgentOrder.TopSites, options);

    /// <summary>Ends the client. The channel stays.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
