using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Loop.Sdk;
using Loop.Sdk.Server;

namespace UserAgentService;

/// <summary>One token for one account, for a service that is reached over TCP. A host with many users has an issuer instead.</summary>
internal sealed class TokenValidator(IConfiguration configuration) : ICredentialValidator
{
    /// <summary>The environment variable that holds the token.</summary>
    public const string Variable = "LOOP_TOKEN";

    private readonly byte[] _token = Encoding.UTF8.GetBytes(configuration[Variable] ?? "");

    public ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken) => ValueTask.FromResult(
        _token.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(credentials.Token), _token)
            ? CredentialResult.Accept(new ClaimsPrincipal(new ClaimsIdentity("token")), ServiceHost.Account)
            : CredentialResult.Refuse("The token is wrong."));
}
