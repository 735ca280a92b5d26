using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server;

/// <summary>A token that <see cref="LoopTokenIssuer"/> made.</summary>
/// <param name="Token">The token. Kept out of <see cref="ToString"/>.</param>
/// <param name="PrincipalId">Whom it names.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record IssuedToken(string Token, string PrincipalId, DateTimeOffset ExpiresAt)
{
    /// <summary>The token as a client presents it.</summary>
    public Credentials ToCredentials() => Credentials.Bearer(Token);

    /// <summary>Whom the token names and when it expires.</summary>
    public override string ToString() => $"token of {PrincipalId} until {ExpiresAt:O}";
}
