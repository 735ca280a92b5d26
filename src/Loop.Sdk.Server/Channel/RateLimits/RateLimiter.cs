using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Loop.Sdk.Peers;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server;

/// <summary>The rate limits, and what is remembered of the addresses that they count.</summary>
internal sealed class RateLimiter(IOptions<LoopServerOptions> options, Clock clock, LoopServerMetrics metrics)
{
    private readonly ConcurrentDictionary<IPAddress, AddressGate> _addresses = new();
    private readonly RateGateLimit? _sessionCalls = RateGateLimit.Of(options.Value.RateLimits.SessionCalls);
    private readonly RateGateLimit? _addressCalls = RateGateLimit.Of(options.Value.RateLimits.AddressCalls);
    private readonly RateGateLimit? _addressConnections = RateGateLimit.Of(options.Value.RateLimits.AddressConnections);

    /// <summary>Counts a connection attempt.</summary>
    public bool TryConnect(IPAddress? address)
    {
        if (_addressConnections is not { } limit || address is null || GateOf(address).TryConnect(limit, clock.Now))
        {
            return true;
        }

        metrics.RateLimited("connections");
        return false;
    }

    /// <summary>The gate that the calls from an address go through, or null if they are not counted.</summary>
    public AddressGate? CallGateOf(IPAddress? address) => address is null || _addressCalls is null ? null : GateOf(address);

    /// <summary>Counts a call.</summary>
    public bool TryCall(ref RateGate session, AddressGate? address, long now)
    {
        if (_sessionCalls is { } sessionLimit && !session.TryPass(sessionLimit, now))
        {
            metrics.RateLimited("session_calls");
            return false;
        }

        if (_addressCalls is { } addressLimit && address is not null && !address.TryCall(addressLimit, now))
        {
            metrics.RateLimited("address_calls");
            return false;
        }

        return true;
    }

    /// <summary>Forgets the addresses that have not done anything lately.</summary>
    public void Sweep(long now)
    {
        foreach (var address in _addresses)
        {
            if (address.Value.IsIdle(now))
            {
                _addresses.TryRemove(address);
            }
        }
    }

    private AddressGate GateOf(IPAddress address) => _addresses.GetOrAdd(Counted(address), static _ => new AddressGate());

    // One subscriber commands the lower half of an IPv6 address.
    private static IPAddress Counted(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
