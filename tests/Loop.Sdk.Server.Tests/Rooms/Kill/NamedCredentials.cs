using System.Security.Claims;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server.Tests.Rooms.Kill;

/// <summary>Takes everybody at their word, before and after the process was killed.</summary>
internal sealed class NamedCredentials : ICredentialValidator
{
    private const string Scheme = "named";

    public static Credentials Of(string account) => new(Scheme, account);

    public ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken) => ValueTask.FromResult(
        credentials.Scheme == Scheme
            ? CredentialResult.Accept(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, credentials.Token)], Scheme)), credentials.Token)
            : CredentialResult.Skipped);
}
