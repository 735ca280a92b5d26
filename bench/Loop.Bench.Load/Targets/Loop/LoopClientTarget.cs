using Loop.Bench.Load.Client;
using Loop.Sdk;

namespace Loop.Bench.Load.Targets.Loop;

internal sealed class LoopClientTarget : IClientTarget
{
    public async Task<IClientConnection> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var client = ChannelClient.Create(new ChannelClientOptions
        {
            Endpoint = SocketConnector.GetAddress(port, LoopServerTarget.Path),
            HttpMessageInvoker = SocketConnector.Invoker,
            MaxMessage = LoopServerTarget.MaxMessage,
        });
        await client.ConnectAsync(cancellationToken);
        return new LoopClientConnection(client);
    }
}
