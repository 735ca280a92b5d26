using System.Net;

namespace Loop.Sdk.WebRtc;

/// <summary>How a peer connection is to be.</summary>
public sealed record PeerConnectionOptions
{
    /// <summary>The servers that help to find paths. None by default: peers that reach each other directly need none.</summary>
    public IReadOnlyList<IceServer> IceServers { get; init; } = [];

    /// <summary>Which paths may be used.</summary>
    public IceTransportPolicy TransportPolicy { get; init; } = IceTransportPolicy.All;

    /// <summary>The local addresses to use; empty for those of all interfaces that are up, without loopback.</summary>
    public IReadOnlyList<IPAddress> LocalAddresses { get; init; } = [];

    /// <summary>The largest message that this end takes, in bytes: 1 to 64 MiB. 256 KiB by default.</summary>
    public int MaxMessageSize { get; init; } = 256 * 1024;

    /// <summary>How much may wait to be sent on all channels together before <see cref="IDataChannel.SendAsync"/> waits, in bytes: 16 KiB to 64 MiB. 1 MiB by default.</summary>
    public int SendBuffer { get; init; } = 1024 * 1024;

    /// <summary>How much may wait to be read on all channels together, in bytes: the window that the peer is told. 64 KiB to 64 MiB, at least <see cref="MaxMessageSize"/>. 2 MiB by default.</summary>
    public int ReceiveBuffer { get; init; } = 2 * 1024 * 1024;
}
