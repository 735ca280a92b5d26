using System.Net.WebSockets;

namespace Loop.Sdk.Channels;

/// <summary>How an attempt to connect went: a connection that carries the session, or the reason why there is none.</summary>
internal readonly record struct Attempt(ClientPeer? Peer, WebSocket? Socket, Task<Exception?>? Carrying, bool Resumed)
{
    public Attempt(ConnectionEnd end)
        : this(Peer: null, Socket: null, Carrying: null, Resumed: false) => End = end;

    /// <summary>Why there is no connection.</summary>
    public ConnectionEnd End { get; }
}
