namespace Loop.Sdk.Server.Storage;

/// <summary>A guest's credential for one room.</summary>
/// <param name="Room">The room's token.</param>
/// <param name="Id">The guest's id.</param>
/// <param name="SecretHash">A hash of the secret, 16 to 64 bytes; the secret itself is kept nowhere.</param>
/// <param name="CreatedAt">When it was issued, ms since 1970.</param>
/// <param name="ExpiresAt">When it expires, ms since 1970.</param>
public sealed record GuestRecord(string Room, string Id, ReadOnlyMemory<byte> SecretHash, long CreatedAt, long ExpiresAt)
{
    /// <summary>What the ids of users begin with who are guests. No account's may.</summary>
    public const string UserPrefix = "guest:";

    /// <summary>The user that the guest is in a room.</summary>
    public string User => UserPrefix + Id;

    /// <summary>The guest's id, if the user is one, or null.</summary>
    /// <param name="user">The user.</param>
    public static string? IdOf(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.StartsWith(UserPrefix, StringComparison.Ordinal) ? user[UserPrefix.Length..] : null;
    }
}
