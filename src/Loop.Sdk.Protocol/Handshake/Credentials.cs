namespace Loop.Sdk;

/// <summary>Who connects, as sent in the hello and in re-authentication; never in a URL.</summary>
/// <param name="Scheme">The kind of token, for example <c>bearer</c>; compared without case.</param>
/// <param name="Token">The token. Kept out of <see cref="ToString"/> and of logs.</param>
public sealed record Credentials(string Scheme, string Token)
{
    /// <summary>Credentials with a bearer token.</summary>
    /// <param name="token">The token.</param>
    public static Credentials Bearer(string token) => new("bearer", token);

    /// <summary>The scheme alone.</summary>
    public override string ToString() => $"{Scheme} credentials";
}
