using System.Collections.Concurrent;
using Loop.Sdk.WebRtc.Conformance;
using Loop.Sdk.WebRtc.Tests.Connections;

namespace Loop.Sdk.WebRtc.Tests.Conformance;

/// <summary>
/// Routers between real connections: what a peer is told of another's address is a door of this network, behind which the other's socket is. So nothing goes past it, and it can be cut.
/// </summary>
internal sealed class RouterNetwork(TimeProvider time) : IBreakablePaths, IAsyncDisposable
{
    private readonly PeerConnectionFactory _engine = new(new PeerConnectionFactoryOptions { TimeProvider = time });
    private readonly ConcurrentDictionary<int, RouterDoor> _doors = new();
    private readonly ConcurrentDictionary<(string, string), bool> _cut = new();
    private volatile bool _isDown;

    public IPeerConnectionFactory CreateFactory(string host) => new RoutedFactory(this, host);

    public void Cut() => _isDown = true;

    public void Cut(string host, string other) => _cut[Key(host, other)] = true;

    public void Restore()
    {
        _cut.Clear();
        _isDown = false;
    }

    /// <summary>The port of the door before a socket.</summary>
    public int DoorTo(string host, int port) => _doors.GetOrAdd(port, _ => new RouterDoor(this, host, port)).Port;

    /// <summary>The socket behind a door is gone.</summary>
    public async ValueTask CloseAsync(int port)
    {
        if (_doors.TryRemove(port, out var door))
        {
            await door.DisposeAsync();
        }
    }

    /// <summary>The door through which a datagram leaves that came from a socket to a host; null if it is lost.</summary>
    public RouterDoor? Route(int from, string to) =>
        _doors.TryGetValue(from, out var door) && !_isDown && !_cut.ContainsKey(Key(door.Host, to)) ? door : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var port in _doors.Keys)
        {
            await CloseAsync(port);
        }

        _engine.Dispose();
    }

    private static (string, string) Key(string host, string other) => string.CompareOrdinal(host, other) < 0 ? (host, other) : (other, host);

    private sealed class RoutedFactory(RouterNetwork network, string host) : IPeerConnectionFactory
    {
        public IPeerConnection Create(PeerConnectionOptions? options = null) => new RoutedConnection(network, host, network._engine.Create(PeerPair.Loopback(options)));
    }
}
