namespace Loop.Sdk.Server.Storage;

/// <summary>A Hawk session of the Loop HTTP API.</summary>
/// <param name="Id">A hash of its Hawk id, 64 characters: the Hawk id itself is kept nowhere.</param>
/// <param name="User">Who owns what the session makes: the account, or <see cref="AnonymousPrefix"/> and the session's own id.</param>
/// <param name="Account">The account that the session is bound to, or null.</param>
/// <param name="MaskedKey">The Hawk key, 32 bytes, masked by something that only the Hawk id gives.</param>
/// <param name="CreatedAt">When it began, ms since 1970.</param>
/// <param name="ExpiresAt">When it expires unless it is used, ms since 1970.</param>
public sealed record LoopApiSessionRecord(string Id, string User, string? Account, ReadOnlyMemory<byte> MaskedKey, long CreatedAt, long ExpiresAt)
{
    /// <summary>What the names of users begin with who have no account. No account's may.</summary>
    public const string AnonymousPrefix = "hawk:";

    /// <summary>Whether a user has no account.</summary>
    /// <param name="user">The user.</param>
    public static bool IsAnonymous(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.StartsWith(AnonymousPrefix, StringComparison.Ordinal);
    }
}
