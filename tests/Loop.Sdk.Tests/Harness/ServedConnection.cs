using Loop.Sdk.Handshake;

namespace Loop.Sdk.Tests.Harness;

/// <summary>A connection that carries a session on the server's side.</summary>
internal sealed record ServedConnection(ServerConnection Connection, Hello Hello, ServerPeer Peer);
