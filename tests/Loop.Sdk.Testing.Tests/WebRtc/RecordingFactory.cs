using System.Collections.Concurrent;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing.Tests.WebRtc;

/// <summary>Keeps the connections that it makes, so that a test can move them.</summary>
internal sealed class RecordingFactory(IPeerConnectionFactory real) : IPeerConnectionFactory
{
    public ConcurrentQueue<IPeerConnection> Made { get; } = new();

    public IPeerConnection Create(PeerConnectionOptions? options = null)
    {
        var connection = real.Create(options);
        Made.Enqueue(connection);
        return connection;
    }
}
