namespace Loop.Sdk.Server.Storage;

/// <summary>What the Loop HTTP API keeps besides rooms: Hawk sessions, where their changes are pushed to, and the versions that were pushed.</summary>
/// <remarks>
/// Another database is another implementation; the conformance suite in the repository's tests says whether it is one. Times are milliseconds since 1970 unless something else is said, and
/// given by the caller. Any member throws <see cref="LoopException"/>: <c>invalid_record</c>, <c>store_unavailable</c>, <c>closed</c>.
/// </remarks>
public interface ILoopApiStorage
{
    /// <summary>Adds a session. If its user has more than so many then, the oldest end.</summary>
    /// <param name="session">The session.</param>
    /// <param name="limit">How many sessions a user may have, at least 1.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task AddAsync(LoopApiSessionRecord session, int limit, CancellationToken cancellationToken);

    /// <summary>A session, or null if there is none or it has expired.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LoopApiSessionRecord?> FindAsync(string id, long now, CancellationToken cancellationToken);

    /// <summary>Prolongs a session; never shortens it.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="expiresAt">Until when it lasts at least.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task ProlongAsync(string id, long expiresAt, CancellationToken cancellationToken);

    /// <summary>Ends a session.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Ends all sessions of a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>How many they were.</returns>
    Task<int> RemoveUserAsync(string user, CancellationToken cancellationToken);

    /// <summary>Says where a session's changes are pushed to. Topics that are not named stay as they are.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="urls">URLs by topic.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>Whether there is such a session.</returns>
    Task<bool> SetUrlsAsync(string id, IReadOnlyDictionary<string, string> urls, CancellationToken cancellationToken);

    /// <summary>Forgets where a session's changes are pushed to.</summary>
    /// <param name="id">The session's id.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task ClearUrlsAsync(string id, CancellationToken cancellationToken);

    /// <summary>Where a user's changes are pushed to: each URL once, in order.</summary>
    /// <param name="user">The user.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="now">The time: sessions that have expired do not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<string>> ListUrlsAsync(string user, string topic, long now, CancellationToken cancellationToken);

    /// <summary>The next version to push for a user: <see cref="LoopApiVersionRecord.Next"/>.</summary>
    /// <param name="user">The user.</param>
    /// <param name="second">When the change was, seconds since 1970.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    Task<LoopApiVersionRecord> AdvanceAsync(string user, long second, CancellationToken cancellationToken);

    /// <summary>The last version that was pushed for a user, or null.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LoopApiVersionRecord?> GetVersionAsync(string user, CancellationToken cancellationToken);

    /// <summary>Removes sessions that have expired, and versions that the clock has passed by far. Call again while it removed as many as it may.</summary>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many of each at most, 1 to 10 000.</param>
    /// <param name="cancellationToken">Gives up, if the write has not begun.</param>
    /// <returns>How many sessions, or versions, whichever are more.</returns>
    Task<int> SweepAsync(long now, int limit, CancellationToken cancellationToken);
}
