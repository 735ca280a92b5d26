using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Loop.Sdk.Transport;

namespace Loop.Sdk.Testing;

/// <summary>Connects a client to a test host over its link.</summary>
internal sealed class LinkTransport(LoopTestHost host, BreakableLink link) : IChannelTransport
{
    /// <summary>Whether an attempt to connect can succeed at this moment.</summary>
    public bool IsOpen => host.IsAccepting && !link.IsRefusing;

    public ValueTask<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        if (!host.IsRunning)
        {
            throw new IOException("The server is stopped.");
        }

        var (client, server) = link.Connect();
        host.Accept(server);
        return ValueTask.FromResult(WebSocket.CreateFromStream(client, new WebSocketCreationOptions { SubProtocol = FrameLimits.Subprotocol }));
    }
}
