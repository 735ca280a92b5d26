using System.Security.Claims;

namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

/// <summary>Takes tokens that say whose they are.</summary>
internal sealed class NamedValidator : ICredentialValidator
{
    private const string Prefix = "token-of-";

    public ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken) => ValueTask.FromResult(
        credentials.Token.StartsWith(Prefix, StringComparison.Ordinal)
            ? CredentialResult.Accept(new ClaimsPrincipal(new ClaimsIdentity("test")), credentials.Token[Prefix.Length..])
            : credentials.Token == "broken" ? throw new InvalidOperationException("The identity provider is down.") : CredentialResult.Refuse("no name"));
}
