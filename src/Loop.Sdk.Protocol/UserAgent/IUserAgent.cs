using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.UserAgent;

/// <summary>
/// What a user's agents know, on the wire: <c>loop.useragent/1</c>. All of it is the caller's account's own, see <c>docs/user-agent.md</c>. Writes carry a key that the client makes up:
/// the same key again changes nothing and gives the first answer, for at least a day. Besides the codes named at a method, each fails with <c>account_required</c> without an account,
/// with <c>invalid_request</c> for a value that is missing, malformed or out of range, and each write with <c>key_conflict</c> if its key was used for another kind of write.
/// </summary>
[Contract("loop.useragent/1", typeof(UserAgentJson))]
public partial interface IUserAgent
{
    /// <summary>Starts a session: one browsing context, such as a tab. Its id is a number of the account, one higher than the one before.</summary>
    /// <param name="request">The session.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>ancestor_not_found</c>: no such session began before; <c>too_many_sessions</c>: as many are open as may be.</exception>
    [ContractMethod(1, Idempotent = true)]
    Task<AgentSessionRef> StartSessionAsync(StartAgentSession request, CancellationToken cancellationToken = default);

    /// <summary>Ends a session. One that has ended stays as it is.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>session_not_found</c>.</exception>
    [ContractMethod(2, Idempotent = true)]
    Task EndSessionAsync(EndAgentSession request, CancellationToken cancellationToken = default);

    /// <summary>Records a visit. A place is visited once in a microsecond: the same place at the same time is the same visit.</summary>
    /// <param name="request">The visit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>invalid_url</c>, <c>invalid_time</c>, <c>session_not_found</c>, <c>session_ended</c>, <c>content_too_large</c>.</exception>
    [ContractMethod(3, Idempotent = true)]
    Task AddVisitAsync(AddVisit request, CancellationToken cancellationToken = default);

    /// <summary>Keeps a page's text, so that it can be searched for. It takes the place of what was kept of the page before.</summary>
    /// <param name="request">The page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>invalid_url</c>, <c>session_not_found</c>, <c>session_ended</c>, <c>content_too_large</c>.</exception>
    [ContractMethod(4, Idempotent = true)]
    Task SavePageAsync(SavePage request, CancellationToken cancellationToken = default);

    /// <summary>Stars a page. One that is starred stays as it is.</summary>
    /// <param name="request">The page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>invalid_url</c>, <c>session_not_found</c>, <c>session_ended</c>, <c>content_too_large</c>, <c>too_many_stars</c>.</exception>
    [ContractMethod(5, Idempotent = true)]
    Task StarAsync(StarPage request, CancellationToken cancellationToken = default);

    /// <summary>Takes a star away. A page without one stays as it is.</summary>
    /// <param name="request">The page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>invalid_url</c>, <c>session_not_found</c>, <c>session_ended</c>, <c>content_too_large</c>.</exception>
    [ContractMethod(6, Idempotent = true)]
    Task UnstarAsync(StarPage request, CancellationToken cancellationToken = default);

    /// <summary>Finds pages by their text, title and address, the best first. What is searched for is words, all of which must be there; nothing in it is syntax.</summary>
    /// <param name="request">What to look for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(7, Idempotent = true)]
    Task<FoundPages> SearchAsync(SearchPages request, CancellationToken cancellationToken = default);

    /// <summary>The places that are visited most, lately above all.</summary>
    /// <param name="request">How many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(8, Idempotent = true)]
    Task<TopSites> GetTopSitesAsync(TopSitesQuery request, CancellationToken cancellationToken = default);

    /// <summary>The places that were visited, each once, the one that was visited last first.</summary>
    /// <param name="request">Which page of the list.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(9, Idempotent = true)]
    Task<VisitedPlaces> ListVisitsAsync(VisitsQuery request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes history: visits, titles, and the text of pages, which is gone from the server's disk when the call ends. Stars stay, with address and title, unless they are to go as well.
    /// If it fails, a part may be deleted: call it again.
    /// </summary>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Gives up; what was deleted stays deleted.</param>
    /// <exception cref="LoopException"><c>invalid_url</c>.</exception>
    [ContractMethod(10, Idempotent = true)]
    Task<ForgottenHistory> ForgetAsync(ForgetHistory request, CancellationToken cancellationToken = default);

    /// <summary>The starred pages, by address. Positions are those of the store: they hold across restarts of the server.</summary>
    /// <exception cref="LoopException">While enumerating: <c>account_required</c>.</exception>
    [ContractMethod(11)]
    IFeed<KeyedSnapshot<StarredPage>, KeyedChange<string, StarredPage>> Stars();

    /// <summary>
    /// The places that were visited last, by address: as many as the server's window holds. One that is visited pushes the oldest out, which is told as removed.
    /// Positions are those of the store.
    /// </summary>
    /// <exception cref="LoopException">While enumerating: <c>account_required</c>.</exception>
    [ContractMethod(12)]
    IFeed<KeyedSnapshot<VisitedPlace>, KeyedChange<string, VisitedPlace>> History();

    /// <summary>The sessions that are open, by id. Positions are those of the store.</summary>
    /// <exception cref="LoopException">While enumerating: <c>account_required</c>.</exception>
    [ContractMethod(13)]
    IFeed<KeyedSnapshot<AgentSession>, KeyedChange<long, AgentSession>> Sessions();

    /// <summary>The top sites, by address: as many as the server's window holds. After a restart of the server it starts with a snapshot.</summary>
    /// <exception cref="LoopException">While enumerating: <c>account_required</c>.</exception>
    [ContractMethod(14)]
    IFeed<KeyedSnapshot<TopSite>, KeyedChange<string, TopSite>> FollowTopSites();
}
