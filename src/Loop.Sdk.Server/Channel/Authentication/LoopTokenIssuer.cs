using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Loop.Sdk.Server;

/// <summary>Makes the server's own tokens: for guests, for development, and for applications without an identity provider. Safe for concurrent use.</summary>
public sealed class LoopTokenIssuer : IDisposable
{
    private const int LeastSymmetricBits = 256;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly LoopTokenIssuerOptions _options;
    private readonly TimeProvider _time;
    private readonly ECDsa? _generated;
    private readonly SigningCredentials _signing;

    /// <summary>Makes an issuer.</summary>
    /// <param name="options">How tokens are made.</param>
    /// <param name="time">The clock that lifetimes are counted from.</param>
    /// <exception cref="ArgumentException">The options are out of range, or the key is of a kind that is not supported.</exception>
    public LoopTokenIssuer(LoopTokenIssuerOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _options = options;
        _time = time;
        var key = options.Key;
        if (key is null)
        {
            _generated = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            key = new ECDsaSecurityKey(_generated) { KeyId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9)) };
        }

        _signing = new SigningCredentials(key, AlgorithmOf(key));
    }

    /// <summary>The key that checks the tokens. For ES256 it also signs them: to give it away, export its public part.</summary>
    internal SecurityKey Key => _signing.Key;

    internal LoopTokenIssuerOptions Options => _options;

    /// <summary>Makes a token for a principal.</summary>
    /// <param name="principalId">The token's <c>sub</c>: 1 to 256 characters.</param>
    /// <param name="claims">Further claims, for example <c>name</c> or <c>role</c>.</param>
    /// <param name="scope">What the token is good for, as names with spaces between them, or null.</param>
    /// <param name="lifetime">How long it is valid, 1 s to 30 days; null for <see cref="LoopTokenIssuerOptions.Lifetime"/>.</param>
    /// <exception cref="ArgumentException">The id or the lifetime is out of range.</exception>
    public IssuedToken Issue(string principalId, IEnumerable<Claim>? claims = null, string? scope = null, TimeSpan? lifetime = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(principalId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(principalId.Length, 256, nameof(principalId));
        var validFor = lifetime ?? _options.Lifetime;
        ArgumentOutOfRangeException.ThrowIfLessThan(validFor, TimeSpan.FromSeconds(1), nameof(lifetime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(validFor, TimeSpan.FromDays(30), nameof(lifetime));

        var subject = new ClaimsIdentity(claims);
        subject.AddClaim(new Claim("sub", principalId));
        if (scope is not null)
        {
            subject.AddClaim(new Claim("scope", scope));
        }

        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + validFor;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _options.Issuer,
            Audience = _options.Audience,
            Subject = subject,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = _signing,
        });
        return new IssuedToken(token, principalId, expires);
    }

    /// <summary>Makes a token for somebody new, with a random id that starts with <c>guest:</c>.</summary>
    /// <param name="name">The guest's name, as the claim <c>name</c>, or null.</param>
    /// <param name="scope">What the token is good for, as names with spaces between them, or null.</param>
    /// <param name="lifetime">How long it is valid, 1 s to 30 days; null for <see cref="LoopTokenIssuerOptions.Lifetime"/>.</param>
    public IssuedToken IssueGuest(string? name = null, string? scope = null, TimeSpan? lifetime = null) =>
        Issue($"guest:{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16))}", name is null ? null : [new Claim("name", name)], scope, lifetime);

    /// <summary>Gives back a generated key.</summary>
    public void Dispose() => _generated?.Dispose();

    private static string AlgorithmOf(SecurityKey key) => key switch
    {
        ECDsaSecurityKey { ECDsa.KeySize: 256 } => SecurityAlgorithms.EcdsaSha256,
        SymmetricSecurityKey { KeySize: >= LeastSymmetricBits } => SecurityAlgorithms.HmacSha256,
        _ => throw new ArgumentException("Tokens are signed with a P-256 key or a symmetric key of at least 256 bits."),
    };
}
