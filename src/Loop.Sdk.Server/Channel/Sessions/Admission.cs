using Loop.Sdk.Peers;

namespace Loop.Sdk.Server;

/// <summary>A session with the connection that is to carry it next.</summary>
/// <param name="Peer">The session.</param>
/// <param name="Connection">The connection, which owns the session.</param>
/// <param name="PeerReceived">What the client has received of it.</param>
internal readonly record struct Admission(ServerPeer Peer, SessionConnection Connection, ulong PeerReceived)
{
    /// <summary>Carries the session over the connection until that ends.</summary>
    public Task ServeAsync() => Peer.ServeAsync(Connection, PeerReceived);
}
