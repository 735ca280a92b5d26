using Loop.Sdk.WebRtc;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.Testing.Tests.WebRtc;

[TestClass]
public sealed class MemoryChannelTests : ChannelConformance
{
    private readonly MemoryPeerNetwork _network = new();

    private protected override IPeerConnectionFactory CreateFactory() => _network.CreateFactory();
}
