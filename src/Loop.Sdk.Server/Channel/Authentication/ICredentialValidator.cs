using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server;

/// <summary>Checks the credentials that clients send in their hello, or later on the live channel. Safe for concurrent use.</summary>
public interface ICredentialValidator
{
    /// <summary>Checks credentials. Whatever it throws refuses the client with <c>unavailable</c>, and the client tries again.</summary>
    /// <param name="credentials">What the client sent. Not to be logged.</param>
    /// <param name="cancellationToken">Cancelled when the check takes longer than <see cref="LoopServerOptions.HelloTimeout"/>.</param>
    /// <returns>Who the client is, why it is refused, or that another validator is to look at it.</returns>
    ValueTask<CredentialResult> ValidateAsync(Credentials credentials, CancellationToken cancellationToken);
}
