using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.Testing.Tests.WebRtc;

[TestClass]
public sealed class MemoryPathTests : PathConformance
{
    private protected override IBreakablePaths CreateNetwork(FakeClock clock) => new MemoryPaths(new MemoryPeerNetwork(clock));
}
