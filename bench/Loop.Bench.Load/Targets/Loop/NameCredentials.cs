using System.Security.Claims;
using Loop.Sdk;
using Loop.Sdk.Server;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>Takes clients at their word: the token is the account.</summary>
internal sealed class NameCredentials : ICredentialValidator
{
    public ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken) =>
        new(CredentialResult.Accept(new ClaimsPrincipal(new ClaimsIdentity("bench")), credentials.Token));
}
