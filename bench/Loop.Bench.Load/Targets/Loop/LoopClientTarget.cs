using Loop.Bench.Load.Client;
using Loop.Sdk;

namespace Loop.Bench.Load.Targets.Loop;

internal sealed class LoopClientTarget : IAccountTarget
{
    public Task<IClientConnection> ConnectAsync(int port, CancellationToken cancellationToken) => ConnectAsync(port, credentials: null, cancellationToken);

    public Task<IClientConnection> ConnectAsync(int port, string account, CancellationToken cancellationToken) =>
        ConnectAsync(port, Credentials.Bearer(account), cancellationToken);

    private static async Task<IClientConnection> ConnectAsync(int port, Credentials? credentials, CancellationToken cancellationToken)
    {
        var client = ChannelClient.Create(new ChannelClientOptions
        {
            Endpoint = SocketConnector.GetAddress(port, LoopServerTarget.Path),
            HttpMessageInvoker = SocketConnector.Invoker,
            MaxMessage = LoopServerTarget.MaxMessage,
            CredentialsProvider = credentials is null ? null : _ => ValueTask.FromResult<Credentials?>(credentials),
        });
        await client.ConnectAsync(cancellationToken);
        return new LoopClientConnection(client);
    }
}
