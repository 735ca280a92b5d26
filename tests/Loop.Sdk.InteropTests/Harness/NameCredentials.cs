using System.Security.Claims;
using Loop.Sdk.Server;

namespace Loop.Sdk.InteropTests.Harness;

/// <summary>Takes clients at their word: the token is the account.</summary>
internal sealed class NameCredentials : ICredentialValidator
{
    public ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken) =>
        new(CredentialResult.Accept(new ClaimsPrincipal(new ClaimsIdentity("test")), credentials.Token));
}
