using System.Security.Claims;

namespace Loop.Sdk.Server;

/// <summary>Who a client is.</summary>
internal sealed class Identity(ClaimsPrincipal? principal, string principalId, long expiresAt)
{
    public static Identity Anonymous { get; } = new(null, "", 0);

    /// <summary>The principal; a new one each time for an anonymous client, since a principal can be changed by whoever holds it.</summary>
    public ClaimsPrincipal Principal => principal ?? new ClaimsPrincipal(new ClaimsIdentity());

    /// <summary>What stays the same for the principal, or an empty string for an anonymous client.</summary>
    public string PrincipalId { get; } = principalId;

    /// <summary>When the credentials expire, on the server's clock in milliseconds; 0 for never.</summary>
    public long ExpiresAt { get; } = expiresAt;
}
