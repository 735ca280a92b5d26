using Loop.Sdk.WebRtc.Tests.Connections;

namespace Loop.Sdk.WebRtc.Tests.Conformance;

/// <summary>The engine, kept to loopback.</summary>
internal sealed class LoopbackFactory(PeerConnectionFactory engine) : IPeerConnectionFactory
{
    public IPeerConnection Create(PeerConnectionOptions? options = null) => engine.Create(PeerPair.Loopback(options));
}
