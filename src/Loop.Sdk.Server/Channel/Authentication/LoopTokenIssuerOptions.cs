using Microsoft.IdentityModel.Tokens;

namespace Loop.Sdk.Server;

/// <summary>How the server's own tokens are made. Checked when the host starts.</summary>
public sealed class LoopTokenIssuerOptions
{
    /// <summary>The tokens' <c>iss</c>. <c>loop</c> by default.</summary>
    public string Issuer { get; set; } = "loop";

    /// <summary>The tokens' <c>aud</c>. <c>loop</c> by default.</summary>
    public string Audience { get; set; } = "loop";

    /// <summary>
    /// The key that signs: an <see cref="ECDsaSecurityKey"/> on the curve P-256 for ES256, or a <see cref="SymmetricSecurityKey"/> of at least 256 bits for HS256.
    /// Without one a P-256 key is generated when the server starts, and its tokens are worth nothing after a restart or on another server.
    /// </summary>
    public SecurityKey? Key { get; set; }

    /// <summary>How long a token is valid if nothing else is asked for. 1 s to 30 days; 1 hour by default.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Issuer);
        ArgumentException.ThrowIfNullOrEmpty(Audience);
        ArgumentOutOfRangeException.ThrowIfLessThan(Lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Lifetime, TimeSpan.FromDays(30));
    }
}
