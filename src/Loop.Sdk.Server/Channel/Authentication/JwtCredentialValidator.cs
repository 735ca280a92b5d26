using System.Security.Claims;
using Loop.Sdk.Handshake;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Loop.Sdk.Server;

/// <summary>Checks JSON Web Tokens: signature, issuer, audience and lifetime; a token without an expiry is refused.</summary>
public sealed class JwtCredentialValidator : ICredentialValidator
{
    private const int MaxTokenLength = 16 * 1024;

    // What says something about the token rather than about its bearer need not be kept with every session.
    private static readonly HashSet<string> TokenClaims = ["iss", "aud", "exp", "nbf", "iat", "jti"];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };
    private readonly JwtCredentialOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes a validator.</summary>
    /// <param name="options">Which tokens are accepted.</param>
    /// <param name="time">The clock that lifetimes are held against.</param>
    /// <exception cref="ArgumentException">The options are incomplete.</exception>
    public JwtCredentialValidator(JwtCredentialOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _options = options;
        _time = time;
    }

    /// <inheritdoc/>
    public async ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (!credentials.Scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase) || !IsOfIssuer(credentials.Token))
        {
            return CredentialResult.Skipped;
        }

        var result = await _handler.ValidateTokenAsync(credentials.Token, await ParametersAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (!result.IsValid)
        {
            // The exception's type says what is wrong; its message may hold parts of the token.
            return CredentialResult.Refuse(result.Exception?.GetType().Name ?? "The token is not valid.");
        }

        var token = (JsonWebToken)result.SecurityToken;
        var principalId = result.ClaimsIdentity.FindFirst(_options.PrincipalClaim)?.Value;
        if (principalId is not { Length: > 0 and <= 256 })
        {
            return CredentialResult.Refuse($"The token has no {_options.PrincipalClaim}.");
        }

        if (_options.RequiredScope is { } scope && !HasScope(result.ClaimsIdentity, scope))
        {
            return CredentialResult.Refuse("The token lacks the required scope.");
        }

        var claims = result.ClaimsIdentity.Claims.Where(static claim => !TokenClaims.Contains(claim.Type)).Select(static claim => new Claim(claim.Type, claim.Value, claim.ValueType));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, "Bearer", "name", "role"));
        return CredentialResult.Accept(principal, principalId, new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + _options.ClockSkew);
    }

    private static bool HasScope(ClaimsIdentity identity, string scope) =>
        identity.FindAll("scope").Any(claim => claim.Value.Split(' ').Contains(scope, StringComparer.Ordinal));

    private bool IsOfIssuer(string token)
    {
        if (token.Length > MaxTokenLength || !_handler.CanReadToken(token))
        {
            return false;
        }

        try
        {
            return _handler.ReadJsonWebToken(token).Issuer == _options.Issuer;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async ValueTask<TokenValidationParameters> ParametersAsync(CancellationToken cancellationToken)
    {
        IEnumerable<SecurityKey> keys = _options.Keys;
        if (_options.KeySource is { } source)
        {
            keys = keys.Concat(await source(cancellationToken).ConfigureAwait(false));
        }

        return new TokenValidationParameters
        {
            ValidIssuer = _options.Issuer,
            ValidAudience = _options.Audience,
            ValidAlgorithms = _options.Algorithms,
            IssuerSigningKeys = keys,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = _options.ClockSkew,
            LifetimeValidator = IsInLifetime,
        };
    }

    private bool IsInLifetime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + _options.ClockSkew && !(notBefore is { } start && now < start - _options.ClockSkew);
    }
}
