using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>Makes one hub connection's transports, one after another, and lets the bench reach the present one.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The hub connection disposes of it.")]
internal sealed class HubSocketFactory(bool isStateful) : IConnectionFactory
{
    private HubSocketConnection? _current;

    /// <summary>Called when a socket broke and its connection went on over another.</summary>
    public Action? Resumed { get; set; }

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var address = ((UriEndPoint)endpoint).Uri;
        if (isStateful)
        {
            address = await HubNegotiation.GetStatefulAddressAsync(address, cancellationToken);
        }

        _current = new HubSocketConnection(address, isStateful, () => Resumed?.Invoke());
        await _current.StartAsync(cancellationToken);
        return _current;
    }

    public void StopReading() => _current!.StopReading();
}
