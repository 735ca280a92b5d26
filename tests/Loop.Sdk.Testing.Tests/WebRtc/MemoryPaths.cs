using Loop.Sdk.WebRtc;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.Testing.Tests.WebRtc;

internal sealed class MemoryPaths(MemoryPeerNetwork network) : IBreakablePaths
{
    public IPeerConnectionFactory CreateFactory(string host) => network.CreateFactory(host);

    public void Cut() => network.Cut();

    public void Cut(string host, string other) => network.Cut(host, other);

    public void Restore() => network.Restore();
}
