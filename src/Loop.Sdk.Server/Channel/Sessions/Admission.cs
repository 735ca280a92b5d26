namespace Loop.Sdk.Server;

/// <summary>A session with the connection that is to carry it next.</summary>
/// <param name="Peer">The session.</param>
/// <param name="PeerReceived">What the client has received of it.</param>
internal readonly record struct Admission(ServerPeer Peer, ulong PeerReceived);
