using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.WebRtc.Tests.Conformance;

[TestClass]
public sealed class EngineChannelTests : ChannelConformance, IDisposable
{
    private readonly PeerConnectionFactory _engine = new();

    public void Dispose() => _engine.Dispose();

    private protected override IPeerConnectionFactory CreateFactory() => new LoopbackFactory(_engine);
}
