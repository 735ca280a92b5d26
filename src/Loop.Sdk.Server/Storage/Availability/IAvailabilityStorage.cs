namespace Loop.Sdk.Server.Storage;

/// <summary>What availability and notifications keep: which accounts there are, their own status, and whom they let see it. What a task says it did is kept when it ends.</summary>
/// <remarks>
/// Another database is another implementation; the conformance suite in the repository's tests says whether it is one. Times are milliseconds since 1970 and given by the caller. Any
/// member throws <see cref="LoopException"/>: <c>invalid_record</c>, <c>store_unavailable</c>, <c>closed</c>.
/// </remarks>
public interface IAvailabilityStorage
{
    /// <summary>Remembers that an account is there.</summary>
    /// <param name="account">The account.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was not known before.</returns>
    Task<bool> SeeAsync(string account, long now, CancellationToken cancellationToken);

    /// <summary>Whether an account has ever been there.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> IsKnownAsync(string account, CancellationToken cancellationToken);

    /// <summary>Sets an account's own status.</summary>
    /// <param name="account">The account.</param>
    /// <param name="status">The status.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SetStatusAsync(string account, StatusRecord status, long now, CancellationToken cancellationToken);

    /// <summary>An account's own status; <see cref="StatusRecord.None"/> if it set none.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<StatusRecord> GetStatusAsync(string account, CancellationToken cancellationToken);

    /// <summary>Keeps a grant, unless the account granted the application already.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="most">How many grants an account may have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The grant that is there: this one or an earlier one. Null if there are too many.</returns>
    Task<GrantRecord?> GrantAsync(GrantRecord grant, int most, CancellationToken cancellationToken);

    /// <summary>Removes a grant.</summary>
    /// <param name="account">The account.</param>
    /// <param name="application">The application.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The grant that is gone; null if there was none.</returns>
    Task<GrantRecord?> RevokeAsync(string account, string application, CancellationToken cancellationToken);

    /// <summary>An account's grants, by application.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<GrantRecord>> ListGrantsAsync(string account, CancellationToken cancellationToken);

    /// <summary>The grants to an application, by id, each with the account's own status.</summary>
    /// <param name="application">The application.</param>
    /// <param name="after">The id after which to go on; an empty string for the beginning.</param>
    /// <param name="limit">How many at most, 1 to 10 000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<PersonRecord>> ListPeopleAsync(string application, string after, int limit, CancellationToken cancellationToken);

    /// <summary>The grant with an id to an application, with the account's own status; null if there is none.</summary>
    /// <param name="application">The application.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PersonRecord?> FindPersonAsync(string application, string id, CancellationToken cancellationToken);
}
