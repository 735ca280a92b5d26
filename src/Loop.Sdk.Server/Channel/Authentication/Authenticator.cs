using System.Security.Claims;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server;

/// <summary>
/// Finds out who a client is. Credentials in the hello come first, and must be right; without any, the user of the host's own authentication counts; without
/// that one, the client is anonymous, if that is allowed.
/// </summary>
internal sealed partial class Authenticator(
    IEnumerable<ICredentialValidator> validators, IOptions<LoopServerOptions> options, Clock clock, ILogger<LoopServer> logger)
{
    private readonly ICredentialValidator[] _validators = [.. validators];

    /// <summary>Finds out who sent a hello.</summary>
    /// <exception cref="LoopException"><c>unauthenticated</c>, or <c>unavailable</c> if it cannot be found out now.</exception>
    public ValueTask<Identity> AuthenticateAsync(Hello hello, ChannelOrigin origin, CancellationToken cancellationToken) =>
        AuthenticateAsync(hello.Credentials, origin, cancellationToken);

    /// <summary>Finds out who sent credentials, or none.</summary>
    /// <exception cref="LoopException"><c>unauthenticated</c>, or <c>unavailable</c> if it cannot be found out now.</exception>
    public async ValueTask<Identity> AuthenticateAsync(Credentials? given, ChannelOrigin origin, CancellationToken cancellationToken)
    {
        if (given is { } credentials)
        {
            return await AuthenticateAsync(credentials, cancellationToken).ConfigureAwait(false);
        }

        if (origin.User is { Identity.IsAuthenticated: true } user)
        {
            var id = IdOf(user) ?? throw Unauthenticated("The host's authentication gives no id for its user.");
            return new Identity(user, id, ExpiryOf(origin.UserExpiresAt));
        }

        return options.Value.AllowAnonymous ? Identity.Anonymous : throw Unauthenticated("Credentials are required.");
    }

    /// <summary>Finds out whose credentials these are, within the time that a handshake may take.</summary>
    /// <exception cref="LoopException"><c>unauthenticated</c>, or <c>unavailable</c> if it cannot be found out now.</exception>
    public async ValueTask<Identity> AuthenticateAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.HelloTimeout, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        foreach (var validator in _validators)
        {
            CredentialResult result;
            try
            {
                result = await validator.ValidateAsync(credentials, either.Token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A validator that fails refuses one client, and must not do more.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.ValidatorFailed(logger, validator.GetType().Name, exception);
                throw new LoopException(ErrorCodes.Unavailable, "The credentials cannot be checked now.", exception) { Retryable = true };
            }

            if (result.Principal is { } principal)
            {
                var expiresAt = ExpiryOf(result.ExpiresAt);
                return expiresAt == 0 || expiresAt > clock.Now ? new Identity(principal, result.PrincipalId!, expiresAt) : throw Refused("They have expired.");
            }

            if (result.Refusal is { } refusal)
            {
                throw Refused(refusal);
            }
        }

        throw Refused("No validator knows them.");
    }

    private static string? IdOf(ClaimsPrincipal user) =>
        NotEmpty(user.FindFirst("sub")?.Value) ?? NotEmpty(user.FindFirst(ClaimTypes.NameIdentifier)?.Value) ?? NotEmpty(user.Identity?.Name);

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static LoopException Unauthenticated(string message) => new(ErrorCodes.Unauthenticated, message);

    private LoopException Refused(string reason)
    {
        Log.CredentialsRefused(logger, reason);
        return Unauthenticated("The credentials are not accepted.");
    }

    private long ExpiryOf(DateTimeOffset? expiresAt) =>
        expiresAt is { } at ? Math.Max(1, clock.Now + (long)(at - clock.Time.GetUtcNow()).TotalMilliseconds) : 0;
}
