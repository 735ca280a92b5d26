namespace Loop.Sdk.Server.Storage;

/// <summary>What user agents of an account know. Everything that a task says it did is kept when the task ends; what fails leaves nothing behind. Nothing crosses accounts.</summary>
/// <remarks>
/// Another database is another implementation of this interface; the conformance suite in the repository's tests says whether it is one. Times are microseconds since 1970 and given by
/// the caller. Every change takes the next number of its account's counter, which is the position of its feeds. A write with a key that was used before does nothing, and gives the result
/// of the first. Any member throws <see cref="LoopException"/>: <c>invalid_record</c>, <c>store_unavailable</c>, <c>closed</c>.
/// </remarks>
public interface IUserAgentStorage
{
    /// <summary>The store's identity: positions of one are not those of another.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string> GetEpochAsync(CancellationToken cancellationToken);

    /// <summary>Starts a session.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The session's number; <c>AncestorNotFound</c>, <c>TooMany</c>, <c>KeyConflict</c>.</returns>
    Task<UserAgentResult> StartSessionAsync(string account, NewAgentSession session, CancellationToken cancellationToken);

    /// <summary>Ends a session.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="session">Its number.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><c>SessionNotFound</c>; <c>SessionEnded</c>: it had ended, and stays as it is.</returns>
    Task<UserAgentResult> EndSessionAsync(string account, long session, string? reason, long now, CancellationToken cancellationToken);

    /// <summary>Adds a visit. The same place at the same time is the same visit.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><c>SessionNotFound</c>, <c>SessionEnded</c>, <c>KeyConflict</c>.</returns>
    Task<UserAgentResult> AddVisitAsync(string account, NewVisit visit, CancellationToken cancellationToken);

    /// <summary>Keeps a page's text in place of what there was.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="page">The page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><c>SessionNotFound</c>, <c>SessionEnded</c>, <c>KeyConflict</c>.</returns>
    Task<UserAgentResult> SavePageAsync(string account, NewPage page, CancellationToken cancellationToken);

    /// <summary>Stars a page, or takes the star away. A page that is as wanted stays as it is.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="star">The star.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><c>SessionNotFound</c>, <c>SessionEnded</c>, <c>KeyConflict</c>, <c>TooMany</c>.</returns>
    Task<UserAgentResult> StarAsync(string account, NewStar star, CancellationToken cancellationToken);

    /// <summary>Adds what another browser knows, as one change: all of it, or nothing if it fails or the places throw. What is known already stays as it is; others wait meanwhile.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="import">What is to be added. Its places may be enumerated on another thread.</param>
    /// <param name="cancellationToken">Gives up, also in the middle, with nothing added.</param>
    /// <returns>What was new.</returns>
    /// <exception cref="LoopException"><c>too_many_stars</c>, and whatever the places throw.</exception>
    Task<PlaceImportResult> ImportAsync(string account, PlaceImport import, CancellationToken cancellationToken);

    /// <summary>Finds places by the words of their address, title and text.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="search">What to look for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<FoundPlace>> SearchAsync(string account, PlaceSearch search, CancellationToken cancellationToken);

    /// <summary>The places with the highest frecency, the highest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<PlaceRecord>> ListTopAsync(string account, int limit, CancellationToken cancellationToken);

    /// <summary>The places that were visited, the one that was visited last first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="before">Where to go on, or null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PlacePage> ListVisitedAsync(string account, PlaceCursor? before, int limit, CancellationToken cancellationToken);

    /// <summary>The starred places, the one that was starred last first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<StarRecord>> ListStarredAsync(string account, int limit, CancellationToken cancellationToken);

    /// <summary>The feed of stars: those there are, or places whose star changed since. <see cref="StarRecord.StarredAt"/> is null where it was taken away.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="since">An offset, or 0 for all.</param>
    /// <param name="limit">How many changes at most; a list from 0 is not cut.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<UserAgentChanges<StarRecord>> ReadStarsAsync(string account, long since, int limit, CancellationToken cancellationToken);

    /// <summary>The feed of history: the places visited last, or what of them changed since, with the addresses of places that may have been among them.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="since">An offset, or 0 for all. If all of the window has changed since, a snapshot is needed.</param>
    /// <param name="window">How many places the feed holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<UserAgentChanges<PlaceRecord>> ReadHistoryAsync(string account, long since, int window, CancellationToken cancellationToken);

    /// <summary>The feed of open sessions: those there are, or those that changed since. <see cref="AgentSessionRecord.EndedAt"/> is not null for those that ended.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="since">An offset, or 0 for all.</param>
    /// <param name="limit">How many changes at most; a list from 0 is not cut.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<UserAgentChanges<AgentSessionRecord>> ReadSessionsAsync(string account, long since, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a part of what is to be forgotten, so that it is not in the store's files any more once <see cref="SettleAsync"/> has ended. Positions from before need a snapshot.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="range">What.</param>
    /// <param name="after">The <see cref="ForgetStep.Next"/> of the step before; 0 for the first.</param>
    /// <param name="limit">How many places at most are looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ForgetStep> ForgetAsync(string account, ForgetRange range, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Whether something was deleted, and no <see cref="SettleAsync"/> that began after that has ended: the process may have died in between.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> IsUnsettledAsync(CancellationToken cancellationToken);

    /// <summary>Removes what was deleted from where it may still be besides the store itself, such as a journal.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task SettleAsync(CancellationToken cancellationToken);

    /// <summary>Removes keys of writes that are older than a time.</summary>
    /// <param name="before">The time.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were removed.</returns>
    Task<int> SweepKeysAsync(long before, int limit, CancellationToken cancellationToken);
}
