using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server.Tests.Authentication;

internal sealed class BrokenValidator : ICredentialValidator
{
    public ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The database is away.");
}
