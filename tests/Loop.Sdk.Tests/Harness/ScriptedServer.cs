using System.Net.WebSockets;
using System.Threading.Channels;
using Loop.Sdk.Handshake;
using Loop.Sdk.Transport;

namespace Loop.Sdk.Tests.Harness;

/// <summary>The other end of a channel, in memory, which does what a test tells it.</summary>
internal sealed class ScriptedServer(TimeProvider time) : IChannelTransport
{
    private readonly Channel<ServerConnection> _arrivals = Channel.CreateUnbounded<ServerConnection>();
    private int _attempts;

    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>What attempts to connect fail with; null while the server can be reached.</summary>
    public Exception? Fault { get; set; }

    public DemoService Service { get; } = new();

    /// <summary>What the next welcomes say, apart from the session.</summary>
    public Welcome Template { get; set; } = new() { Session = "" };

    public ValueTask<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        cancellationToken.ThrowIfCancellationRequested();
        if (Fault is { } fault)
        {
            throw fault;
        }

        var connection = new ServerConnection(time);
        _arrivals.Writer.TryWrite(connection);
        return new ValueTask<WebSocket>(connection.ClientSocket);
    }

    public Task<ServerConnection> AcceptAsync() => _arrivals.Reader.ReadAsync().AsTask().Soon();

    /// <summary>Takes the next connection with a new session.</summary>
    public async Task<ServedConnection> ServeAsync()
    {
        var connection = await AcceptAsync();
        var hello = await connection.ReadHelloAsync();
        var peer = new ServerPeer(Service, hello, time);
        await connection.WelcomeAsync(peer, Template with { Session = peer.Id, Secret = peer.NextSecret(), Services = Ids(hello) });
        return new ServedConnection(connection, hello, peer);
    }

    /// <summary>Takes the next connection, which must ask for this session, and resumes it.</summary>
    public async Task<ServedConnection> ResumeAsync(ServerPeer peer)
    {
        var connection = await AcceptAsync();
        var hello = await connection.ReadHelloAsync();
        Assert.AreEqual(peer.Id, hello.Resume?.Session);
        Assert.AreEqual(peer.Secret, hello.Resume?.Secret);
        await peer.Carrying.Soon();
        var welcome = Template with { Session = peer.Id, Secret = peer.NextSecret(), Services = Ids(hello), Resumed = true, Received = peer.Session.Received };
        await connection.WelcomeAsync(peer, welcome, hello.Resume!.Received);
        return new ServedConnection(connection, hello, peer);
    }

    private static Dictionary<string, int> Ids(Hello hello) => hello.Services.Index().ToDictionary(service => service.Item, service => service.Index + 1);
}
