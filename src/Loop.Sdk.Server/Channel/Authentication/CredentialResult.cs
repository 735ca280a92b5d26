using System.Security.Claims;

namespace Loop.Sdk.Server;

/// <summary>What an <see cref="ICredentialValidator"/> found.</summary>
public sealed class CredentialResult
{
    private CredentialResult()
    {
    }

    /// <summary>The credentials are not of the kind that the validator knows: the next one looks at them.</summary>
    public static CredentialResult Skipped { get; } = new();

    /// <summary>Who the client is, if it was accepted.</summary>
    public ClaimsPrincipal? Principal { get; private init; }

    /// <summary>What stays the same for the principal, whatever token it comes with.</summary>
    public string? PrincipalId { get; private init; }

    /// <summary>When the credentials expire, or null if they do not.</summary>
    public DateTimeOffset? ExpiresAt { get; private init; }

    /// <summary>Why the client is refused, for the server's log.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Accepts the client.</summary>
    /// <param name="principal">Who the client is.</param>
    /// <param name="principalId">What stays the same for the principal, whatever token it comes with: 1 to 256 characters.</param>
    /// <param name="expiresAt">When the credentials expire, or null if they do not.</param>
    /// <exception cref="ArgumentException">The id is empty or too long.</exception>
    public static CredentialResult Accept(ClaimsPrincipal principal, string principalId, DateTimeOffset? expiresAt = null)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentException.ThrowIfNullOrEmpty(principalId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(principalId.Length, 256, nameof(principalId));
        return new CredentialResult { Principal = principal, PrincipalId = principalId, ExpiresAt = expiresAt };
    }

    /// <summary>Refuses the client with <c>unauthenticated</c>.</summary>
    /// <param name="reason">Why, for the server's log; the client is not told. It must not hold the token.</param>
    public static CredentialResult Refuse(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new CredentialResult { Refusal = reason };
    }
}
