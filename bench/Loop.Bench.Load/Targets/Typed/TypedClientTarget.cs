using Loop.Bench.Load.Client;
using Loop.Bench.Load.Wire;

namespace Loop.Bench.Load.Targets.Typed;

/// <summary>The client of the typed floor.</summary>
internal sealed class TypedClientTarget : IClientTarget
{
    public async Task<IClientConnection> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = await SocketConnector.ConnectAsync(SocketConnector.GetAddress(port, TypedServerTarget.Path), cancellationToken);
        return new TypedClientConnection(socket, new CoalescingChannel(socket));
    }
}
