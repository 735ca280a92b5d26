using Loop.Sdk;
using QuickStart.Server;

namespace QuickStart;

/// <summary>Makes clients.</summary>
internal static class Client
{
    /// <summary>Somebody with an account. The token is asked for at each connection, so it is never an old one.</summary>
    public static ChannelClient Connect(ServerProcess server, string user, int? port = null) => ChannelClient.Create(new ChannelClientOptions
    {
        Endpoint = Address(port ?? server.Port),
        CredentialsProvider = async cancellationToken => Credentials.Bearer(await server.TokenAsync(user, cancellationToken)),
        Reconnect = Eager,
    });

    /// <summary>Somebody without an account.</summary>
    public static ChannelClient ConnectGuest(ServerProcess server) => ChannelClient.Create(new ChannelClientOptions { Endpoint = Address(server.Port), Reconnect = Eager });

    // So that nobody has to watch a demonstration wait.
    private static ReconnectOptions Eager => new() { MaxDelay = TimeSpan.FromMilliseconds(500) };

    private static Uri Address(int port) => new($"ws://127.0.0.1:{port}/loop");
}
