namespace Loop.Sdk.Server;

/// <summary>
/// How often a session or an address may do what costs something. Null switches a limit off. Addresses are those that the host sees: behind a proxy, use the
/// forwarded-headers middleware, or switch these off. IPv6 addresses count by their first 64 bits. Clients on Unix sockets have no address and no such limit.
/// </summary>
public sealed class LoopServerRateLimits
{
    /// <summary>Calls of one session, those to unknown services and methods included. Exceeding it fails the call with <c>rate_limited</c>. By default 1000 a second, 5000 at once.</summary>
    public RateLimit? SessionCalls { get; set; } = new(1_000, 5_000);

    /// <summary>Calls of all sessions of one address. Exceeding it fails the call with <c>rate_limited</c>. By default 10 000 a second, 50 000 at once.</summary>
    public RateLimit? AddressCalls { get; set; } = new(10_000, 50_000);

    /// <summary>Connections of one address. Exceeding it is answered with HTTP status 429. By default 50 a second, 500 at once.</summary>
    public RateLimit? AddressConnections { get; set; } = new(50, 500);
}
