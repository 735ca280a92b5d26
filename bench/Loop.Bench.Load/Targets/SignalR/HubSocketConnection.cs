using System.IO.Pipelines;
using System.Net.WebSockets;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Abstractions;
using Microsoft.AspNetCore.Http.Features;

#pragma warning disable CA2252 // The feature is marked as a preview, but it is the only way in, and the server's half is not.

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>
/// The client transport under a hub connection. It behaves like the official one: megabyte pipes, text messages, and in the
/// stateful form one immediate attempt to continue on a new socket, after which the hub's own reconnection takes over.
/// </summary>
internal sealed class HubSocketConnection : ConnectionContext, IStatefulReconnectFeature
{
    private const int PipeSize = 1024 * 1024;

    private static readonly PipeOptions PipeSettings = new(
        readerScheduler: PipeScheduler.ThreadPool, pauseWriterThreshold: PipeSize, resumeWriterThreshold: PipeSize / 2, useSynchronizationContext: false);

    private readonly Uri _address;
    private readonly Action _resumed;
    private readonly Pipe _incoming = new(PipeSettings);
    private HubSocketPump? _pump;
    private Func<PipeWriter, Task>? _notifyOnReconnect;
    private Task _running = Task.CompletedTask;
    private volatile bool _canReconnect;

    public HubSocketConnection(Uri address, bool isStateful, Action resumed)
    {
        _address = address;
        _resumed = resumed;
        _canReconnect = isStateful;
        var outgoing = new Pipe(PipeSettings);
        Transport = new HubPipes(_incoming.Reader, outgoing.Writer);
        if (isStateful)
        {
            Features.Set<IStatefulReconnectFeature>(this);
        }

        Outgoing = outgoing;
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    private Pipe Outgoing { get; set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var socket = await SocketConnector.ConnectAsync(_address, cancellationToken);
        _running = RunAsync(socket);
    }

    public void StopReading() => _pump!.StopReading();

    public void OnReconnected(Func<PipeWriter, Task> notifyOnReconnect) => _notifyOnReconnect = notifyOnReconnect;

    public void DisableReconnect() => _canReconnect = false;

    public override async ValueTask DisposeAsync()
    {
        _canReconnect = false;
        await Transport.Output.CompleteAsync();
        await Transport.Input.CompleteAsync();
        Outgoing.Reader.CancelPendingRead();
        await _running;
        await base.DisposeAsync();
    }

    private async Task RunAsync(WebSocket socket)
    {
        for (WebSocket? next = socket; next is not null; next = await ReconnectAsync())
        {
            using (next)
            {
                _pump = new HubSocketPump(next, _incoming.Writer, Outgoing.Reader);
                var pumping = _pump.RunAsync();
                if (!ReferenceEquals(next, socket))
                {
                    await _notifyOnReconnect!(Transport.Output);
                    _resumed();
                }

                await pumping;
            }
        }

        await _incoming.Writer.CompleteAsync();
        await Outgoing.Reader.CompleteAsync();
    }

    private async Task<WebSocket?> ReconnectAsync()
    {
        if (!_canReconnect || _notifyOnReconnect is null)
        {
            return null;
        }

        // What the old pipe still holds is repeated by the hub connection, into a new one.
        Outgoing = new Pipe(PipeSettings);
        Transport = new HubPipes(_incoming.Reader, Outgoing.Writer);
        try
        {
            return await SocketConnector.ConnectAsync(_address, CancellationToken.None);
        }
        catch (Exception exception) when (SocketFailure.Is(exception))
        {
            return null;
        }
    }
}
