using Loop.Sdk.WebRtc.Conformance;

namespace Loop.Sdk.WebRtc.Tests.Conformance;

[TestClass]
public sealed class EngineConnectionTests : ConnectionConformance, IDisposable
{
    private readonly List<PeerConnectionFactory> _engines = [];

    public void Dispose() => _engines.ForEach(static engine => engine.Dispose());

    // Each has a certificate of its own: a fingerprint can be anothers.
    private protected override IPeerConnectionFactory CreateFactory()
    {
        var engine = new PeerConnectionFactory();
        _engines.Add(engine);
        return new LoopbackFactory(engine);
    }
}
