using System.Globalization;
using System.Security.Claims;
using Loop.Sdk.Handshake;
using Loop.Sdk.Server;

namespace Loop.Sdk.Testing;

/// <summary>Accepts <see cref="FakeCredentials"/> and leaves all others to other validators.</summary>
internal sealed class FakeCredentialValidator : ICredentialValidator
{
    public ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken) => ValueTask.FromResult(Validate(credentials));

    private static CredentialResult Validate(Credentials credentials)
    {
        if (credentials.Scheme != FakeCredentials.Scheme)
        {
            return CredentialResult.Skipped;
        }

        var separator = credentials.Token.IndexOf(' ', StringComparison.Ordinal);
        if (separator < 0)
        {
            return CredentialResult.Refuse("The test refuses these credentials.");
        }

        var user = credentials.Token[(separator + 1)..];
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], FakeCredentials.Scheme);
        var expiresAt = separator == 0 ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(credentials.Token.AsSpan(0, separator), CultureInfo.InvariantCulture));
        return CredentialResult.Accept(new ClaimsPrincipal(identity), user, expiresAt);
    }
}
