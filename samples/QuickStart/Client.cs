using Loop.Sdk;
using Loop.Sdk.Rooms;
using QuickStart.Server;

namespace QuickStart;

/// <summary>Makes clients.</summary>
internal static class Client
{
    /// <summary>Somebody with an account. The token is asked for at each connection, so it is never an old one.</summary>
    public static ChannelClient Connect(ServerProcess server, string user, Action<RoomsClientOptions>? rooms = null, int? port = null)
    {
        var options = Options(port ?? server.Port, rooms);
        options.CredentialsProvider = async cancellationToken => Credentials.Bearer(await server.TokenAsync(user, cancellationToken));
        return ChannelClient.Create(options);
    }

    /// <summary>Somebody without an account.</summary>
    public static ChannelClient ConnectGuest(ServerProcess server, Action<RoomsClientOptions> rooms) => ChannelClient.Create(Options(server.Port, rooms));

    private static ChannelClientOptions Options(int port, Action<RoomsClientOptions>? rooms)
    {
        var options = new ChannelClientOptions
        {
            Endpoint = new Uri($"ws://127.0.0.1:{port}/loop"),

            // So that nobody has to watch a demonstration wait.
            Reconnect = new ReconnectOptions { MaxDelay = TimeSpan.FromMilliseconds(500) },
        };
        if (rooms is not null)
        {
            options.UseRooms(rooms);
        }

        return options;
    }
}
