using System.Net.WebSockets;

namespace Loop.Sdk.Transport;

/// <summary>Where a channel's WebSockets come from.</summary>
internal interface IChannelTransport
{
    /// <summary>Opens one WebSocket that speaks <c>loop.v1</c>. The caller disposes of it.</summary>
    /// <exception cref="GoAwayException">The server does not want this client, and said what to do.</exception>
    ValueTask<WebSocket> ConnectAsync(CancellationToken cancellationToken);
}
