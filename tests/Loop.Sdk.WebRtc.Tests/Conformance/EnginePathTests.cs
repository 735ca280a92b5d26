using Loop.Sdk.Testing;
using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.WebRtc.Tests.Conformance;

/// <summary>Meshes over real sockets with a router in between that can be cut. The engine's clock is as fast as the mesh's is while it is waited for.</summary>
[TestClass]
public sealed class EnginePathTests : PathConformance, IAsyncDisposable
{
    private const int Haste = 25;

    private RouterNetwork? _network;

    public async ValueTask DisposeAsync()
    {
        if (_network is not null)
        {
            await _network.DisposeAsync();
        }
    }

    private protected override TimeSpan Step => TimeSpan.FromMilliseconds(Haste);

    private protected override IBreakablePaths CreateNetwork(FakeClock clock) => _network = new RouterNetwork(new FastClock(Haste));
}
