using System.IO.Pipelines;
using System.Net.WebSockets;
using Loop.Sdk.Peers;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Feeds.Tests.Harness;

/// <summary>A client and a server, joined by a WebSocket in memory that can be cut.</summary>
internal sealed class TestLink : IAsyncDisposable
{
    private readonly SessionOptions _client;
    private TaskCompletionSource<Peer> _peer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private SessionConnection? _connection;

    public TestLink(TestService service, SessionOptions? client = null)
    {
        Service = service;
        _client = client ?? SessionOptions.Default;
        Client = Contract.Describe<ITestService>().CreateClient(new TestInvoker(token => new(_peer.Task.WaitAsync(token)), Time));
        NewSession();
    }

    public TestService Service { get; }

    public ITestService Client { get; }

    public ImpatientTime Time { get; } = new();

    public ServerPeer ServerEnd { get; private set; } = null!;

    public ClientPeer ClientEnd { get; private set; } = null!;

    /// <summary>Breaks the connection. The session waits for the next.</summary>
    public async Task CutAsync()
    {
        _connection!.Abort();
        await _running;
    }

    /// <summary>Goes on with the session.</summary>
    public void Reconnect() => Connect(ClientEnd.Session.Received, ServerEnd.Session.Received);

    /// <summary>Breaks the connection and forgets the session at both ends.</summary>
    public async Task LoseSessionAsync()
    {
        _peer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await CutAsync();
        var lost = new LoopException(ErrorCodes.SessionLost, "The session was lost.") { Retryable = true };
        ServerEnd.Session.Close(lost);
        ClientEnd.Session.Close(lost);
    }

    /// <summary>Starts another session.</summary>
    public void NewSession()
    {
        ServerEnd = new ServerPeer(Service, SessionOptions.Default, _client.Limits);
        ClientEnd = new ClientPeer(_client, SessionOptions.Default.Limits);
        Connect(0, 0);
        _peer.TrySetResult(ClientEnd);
    }

    public async ValueTask DisposeAsync() => await LoseSessionAsync();

    private void Connect(ulong receivedByClient, ulong receivedByServer)
    {
        Pipe up = new(new PipeOptions(useSynchronizationContext: false)), down = new(new PipeOptions(useSynchronizationContext: false));
        _connection = NewConnection(new DuplexStream(down, up), isServer: false);
        var server = NewConnection(new DuplexStream(up, down), isServer: true);
        _running = Task.WhenAll(ClientEnd.RunAsync(_connection, receivedByServer), ServerEnd.RunAsync(server, receivedByClient));
    }

    private static SessionConnection NewConnection(Stream stream, bool isServer) =>
        new(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = isServer, KeepAliveInterval = TimeSpan.Zero }), Clock.System);
}
