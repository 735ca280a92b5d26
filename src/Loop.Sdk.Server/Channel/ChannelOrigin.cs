using System.Net;
using System.Security.Claims;

namespace Loop.Sdk.Server;

/// <summary>What the host knows of a connection before its hello.</summary>
internal readonly record struct ChannelOrigin
{
    /// <summary>Where the connection comes from, or null if that has no address.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>The user of the host's own authentication, or null.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>When that authentication expires, or null if it does not.</summary>
    public DateTimeOffset? UserExpiresAt { get; init; }
}
