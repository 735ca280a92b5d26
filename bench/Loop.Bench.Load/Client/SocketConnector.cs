using System.Net.Sockets;
using System.Net.WebSockets;

namespace Loop.Bench.Load.Client;

/// <summary>Opens WebSockets over one shared handler: without it each socket would carry a handler of its own.</summary>
internal static class SocketConnector
{
    private const int SmallReceiveBuffer = 8 * 1024;

    private static bool _hasSmallBuffers;

    /// <summary>For targets that open their sockets themselves.</summary>
    public static HttpMessageInvoker Invoker { get; } =
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectCallback = OpenAsync });

    public static Uri GetAddress(int port, string path) => new($"ws://127.0.0.1:{port}{path}");

    /// <summary>From now on a session that stops reading fills its buffers soon, instead of after megabytes.</summary>
    public static void UseSmallReceiveBuffers() => _hasSmallBuffers = true;

    public static async Task<ClientWebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(address, Invoker, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (_hasSmallBuffers)
            {
                socket.ReceiveBufferSize = SmallReceiveBuffer;
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
