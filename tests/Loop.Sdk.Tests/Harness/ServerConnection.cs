using System.IO.Pipelines;
using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Peers;

namespace Loop.Sdk.Tests.Harness;

/// <summary>One connection as the scripted server sees it.</summary>
internal sealed class ServerConnection
{
    private readonly Pipe _up = new();
    private readonly Pipe _down = new();
    private readonly SessionConnection _connection;
    private Task<Exception?>? _running;

    public ServerConnection(TimeProvider time)
    {
        ClientSocket = WebSocket.CreateFromStream(new PipeStream(_down, _up), new WebSocketCreationOptions { SubProtocol = FrameLimits.Subprotocol });
        var socket = WebSocket.CreateFromStream(new PipeStream(_up, _down), new WebSocketCreationOptions { IsServer = true, SubProtocol = FrameLimits.Subprotocol });
        _connection = new SessionConnection(socket, new Clock(time));
    }

    public WebSocket ClientSocket { get; }

    /// <summary>The server's WebSocket, for what no well-behaved server does.</summary>
    public WebSocket Socket => _connection.Socket;

    /// <summary>Completes when the connection ended, with the error or null.</summary>
    public Task<Exception?> Ended => _running!.Soon();

    public async Task<Hello> ReadHelloAsync()
    {
        var frame = await _connection.ReadHandshakeAsync().Soon();
        Assert.AreEqual(FrameKind.Hello, frame!.Value.Kind);
        return ControlFrames.ReadHello(frame.Value.Body);
    }

    /// <summary>Welcomes the client and carries the session.</summary>
    public async Task WelcomeAsync(ServerPeer peer, Welcome welcome, ulong clientReceived = 0)
    {
        await _connection.SendHandshakeAsync(ControlFrames.Write(welcome));
        peer.Carrying = _running = peer.RunAsync(_connection, clientReceived);
    }

    /// <summary>Answers the hello with a goaway.</summary>
    public async Task RefuseAsync(GoAway goAway)
    {
        await ReadHelloAsync();
        await _connection.SendHandshakeAsync(ControlFrames.Write(goAway));
        Socket.Dispose();
    }

    /// <summary>Ends the connection with a goaway.</summary>
    public void Finish(GoAway goAway) => _connection.Finish(Farewell.Of(goAway));

    /// <summary>Breaks the link both ways; what is under way is lost.</summary>
    public void Cut()
    {
        _up.Writer.Complete(new IOException("The link was cut."));
        _down.Writer.Complete(new IOException("The link was cut."));
    }
}
