using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Channels;

/// <summary>A connection on which the server has welcomed the client.</summary>
internal readonly record struct OpenedConnection(SessionConnection Connection, Welcome Welcome);
