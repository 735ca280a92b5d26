using System.IO.Pipelines;
using System.Net.WebSockets;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Threads;

/// <summary>Two ends, joined by one WebSocket in memory after the other.</summary>
internal sealed class StressLink(Peer client, Peer server)
{
    private Task<Exception?[]>? _running;
    private SessionConnection? _clientConnection;
    private SessionConnection? _serverConnection;

    public void Connect()
    {
        Pipe up = new(new PipeOptions(useSynchronizationContext: false)), down = new(new PipeOptions(useSynchronizationContext: false));
        _clientConnection = NewConnection(new DuplexStream(down, up), isServer: false);
        _serverConnection = NewConnection(new DuplexStream(up, down), isServer: true);
        var (receivedByClient, receivedByServer) = (client.Session.Received, server.Session.Received);
        _running = Task.WhenAll(client.RunAsync(_clientConnection, receivedByServer), server.RunAsync(_serverConnection, receivedByClient));
    }

    /// <summary>Breaks the connection from one end, wherever in a frame that is, and waits until both ends know.</summary>
    public async Task CutAsync(bool byClient)
    {
        (byClient ? _clientConnection! : _serverConnection!).Abort();
        await _running!;
    }

    private static SessionConnection NewConnection(Stream stream, bool isServer) =>
        new(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = isServer, KeepAliveInterval = TimeSpan.Zero }), Clock.System);
}
