using Microsoft.IdentityModel.Tokens;

namespace Loop.Sdk.Server;

/// <summary>Which JSON Web Tokens (RFC 7519) are accepted as credentials of the scheme <c>bearer</c>. Checked when the host starts.</summary>
public sealed class JwtCredentialOptions
{
    /// <summary>The <c>iss</c> that a token must have. Required. Tokens of other issuers are left to other validators.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The <c>aud</c> that a token must have. Required.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The keys that tokens may be signed with. With several, a token's <c>kid</c> chooses. Required, unless <see cref="KeySource"/> is given.</summary>
    public IList<SecurityKey> Keys { get; } = [];

    /// <summary>Gives the keys of the moment, in addition to <see cref="Keys"/>: for issuers that publish and change them. Called for every token, so it should keep what it fetched.</summary>
    public Func<CancellationToken, ValueTask<IReadOnlyCollection<SecurityKey>>>? KeySource { get; set; }

    /// <summary>The signature algorithms that are accepted. By default ES256, ES384, RS256, PS256 and HS256; which key fits which is checked in any case.</summary>
    public IList<string> Algorithms { get; } =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.HmacSha256,
    ];

    /// <summary>How far the issuer's clock may be off. 0 to 10 minutes; 30 s by default.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The claim that names the principal. <c>sub</c> by default.</summary>
    public string PrincipalClaim { get; set; } = "sub";

    /// <summary>A scope that the token's <c>scope</c> must hold, or null for none.</summary>
    public string? RequiredScope { get; set; }

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Issuer);
        ArgumentException.ThrowIfNullOrEmpty(Audience);
        ArgumentException.ThrowIfNullOrEmpty(PrincipalClaim);
        if (Keys.Count == 0 && KeySource is null)
        {
            throw new ArgumentException("JWT credentials need a key or a source of keys.");
        }

        if (Algorithms.Count == 0 || ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(10))
        {
            throw new ArgumentException("JWT credentials need an algorithm, and a clock skew of 0 to 10 minutes.");
        }
    }
}
