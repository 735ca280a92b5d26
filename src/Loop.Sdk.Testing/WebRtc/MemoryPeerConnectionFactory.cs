using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing;

/// <summary>Peer connections in memory, for tests of whatever uses <see cref="IPeerConnectionFactory"/>. They connect to others of the same <see cref="MemoryPeerNetwork"/> only.</summary>
public sealed class MemoryPeerConnectionFactory : IPeerConnectionFactory
{
    private readonly MemoryPeerNetwork _network;
    private readonly string _host;

    internal MemoryPeerConnectionFactory(MemoryPeerNetwork network, string host)
    {
        _network = network;
        _host = host;
    }

    /// <inheritdoc/>
    public IPeerConnection Create(PeerConnectionOptions? options = null) => new MemoryPeerConnection(_network, _host, options ?? new PeerConnectionOptions());
}
