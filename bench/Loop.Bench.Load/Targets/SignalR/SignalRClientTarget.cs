using System.Net;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Payload;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>SignalR's client over a connection of our own: the package with the official one cannot be had.</summary>
internal sealed class SignalRClientTarget(SignalROptions options) : IClientTarget
{
    public async Task<IClientConnection> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var factory = new HubSocketFactory(options.IsStateful);
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(factory);
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(SocketConnector.GetAddress(port, HubNames.Path)));
        builder.Services.Configure<HubConnectionOptions>(hub => hub.StatefulReconnectBufferSize = SignalRTarget.StatefulBufferSize);
        builder.WithAutomaticReconnect(new SignalRRetryPolicy());
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions = BenchJson.Default.Options);

        var hub = builder.Build();
        await hub.StartAsync(cancellationToken);
        return new SignalRClientConnection(hub, factory, options.IsChunked);
    }
}
