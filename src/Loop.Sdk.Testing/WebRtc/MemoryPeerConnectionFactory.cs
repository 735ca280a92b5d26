using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing;

/// <summary>Peer connections in memory, for tests of whatever uses <see cref="IPeerConnectionFactory"/>. They connect to others of the same <see cref="MemoryPeerNetwork"/> only.</summary>
public sealed class MemoryPeerConnectionFactory : IPeerConnectionFactory
{
    private const int Largest = 64 * 1024 * 1024;

    private readonly MemoryPeerNetwork _network;
    private readonly string _host;

    internal MemoryPeerConnectionFactory(MemoryPeerNetwork network, string host)
    {
        _network = network;
        _host = host;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public IPeerConnection Create(PeerConnectionOptions? options = null)
    {
        var checkedOptions = options ?? new PeerConnectionOptions();
        return checkedOptions is { MaxMessageSize: >= 1 and <= Largest, SendBuffer: >= 16 * 1024 and <= Largest, ReceiveBuffer: >= 64 * 1024 and <= Largest }
            && checkedOptions.ReceiveBuffer >= checkedOptions.MaxMessageSize
            ? new MemoryPeerConnection(_network, _host, checkedOptions)
            : throw new ArgumentException("A size is out of its range.", nameof(options));
    }
}
