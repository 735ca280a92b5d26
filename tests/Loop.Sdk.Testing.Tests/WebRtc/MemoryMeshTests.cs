using Loop.Sdk.WebRtc;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.Testing.Tests.WebRtc;

[TestClass]
public sealed class MemoryMeshTests : MeshConformance
{
    private readonly MemoryPeerNetwork _network = new();

    private protected override IPeerConnectionFactory CreateFactory(string host) => _network.CreateFactory(host);
}
