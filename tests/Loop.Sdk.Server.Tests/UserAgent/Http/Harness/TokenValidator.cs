using System.Security.Claims;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server.Tests.UserAgent.Http.Harness;

/// <summary>Takes tokens that name their account.</summary>
internal sealed class TokenValidator : ICredentialValidator
{
    private const string Prefix = "token-of-";

    public static string TokenOf(string account) => Prefix + account;

    public ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken) => ValueTask.FromResult(
        credentials.Token.StartsWith(Prefix, StringComparison.Ordinal)
            ? CredentialResult.Accept(new ClaimsPrincipal(new ClaimsIdentity("test")), credentials.Token[Prefix.Length..])
            : CredentialResult.Refuse("The token is none of ours."));
}
