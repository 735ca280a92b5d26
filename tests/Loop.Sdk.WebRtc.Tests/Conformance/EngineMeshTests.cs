using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.WebRtc.Tests.Conformance;

/// <summary>Meshes over real sockets. The mesh's clock stands still, and the engine's does not.</summary>
[TestClass]
public sealed class EngineMeshTests : MeshConformance, IDisposable
{
    private readonly PeerConnectionFactory _engine = new();

    public void Dispose() => _engine.Dispose();

    private protected override TimeSpan Step => TimeSpan.FromMilliseconds(10);

    private protected override IPeerConnectionFactory CreateFactory(string host) => new LoopbackFactory(_engine);
}
