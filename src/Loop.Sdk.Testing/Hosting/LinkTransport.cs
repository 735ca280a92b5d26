using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Loop.Sdk.Transport;

namespace Loop.Sdk.Testing;

/// <summary>Connects a client to a test host over its link.</summary>
internal sealed class LinkTransport(LoopTestHost host, BreakableLink link) : IChannelTransport
{
    public ValueTask<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var (client, server) = link.Connect();
        host.Accept(server);
        return ValueTask.FromResult(WebSocket.CreateFromStream(client, new WebSocketCreationOptions { SubProtocol = FrameLimits.Subprotocol }));
    }
}
