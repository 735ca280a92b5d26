namespace Loop.Sdk.Rooms;

/// <summary>What makes somebody a guest of one room.</summary>
/// <param name="Credential">The secret. Kept out of <see cref="ToString"/>; keep it out of logs and addresses too.</param>
/// <param name="ExpiresAt">When it expires, unless the participation is prolonged, and the credential with it.</param>
public sealed record GuestPass(string Credential, DateTimeOffset ExpiresAt)
{
    /// <summary>When it expires, and nothing of the secret.</summary>
    public override string ToString() => $"guest until {ExpiresAt:O}";
}
