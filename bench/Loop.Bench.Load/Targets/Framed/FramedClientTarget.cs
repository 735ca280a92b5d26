using System.Net.WebSockets;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Framed;

/// <summary>The client of the targets that move bytes.</summary>
internal sealed class FramedClientTarget(Func<WebSocket, IFrameChannel> createChannel) : IClientTarget
{
    public async Task<IClientConnection> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var connection = new FramedClientConnection(SocketConnector.GetAddress(port, FramedServerTarget.Path), createChannel);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
