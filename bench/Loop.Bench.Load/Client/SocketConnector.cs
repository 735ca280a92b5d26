using System.Net.Sockets;
using System.Net.WebSockets;

namespace Loop.Bench.Load.Client;

/// <summary>Opens WebSockets over one shared handler: without it each socket would carry a handler of its own.</summary>
internal static class SocketConnector
{
    private const int SmallReceiveBuffer = 8 * 1024;

    private static readonly TaskCompletionSource Frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool _isFragile;
    private static bool _isCounted;
    private static long _received;

    /// <summary>For targets that open their sockets themselves.</summary>
    public static HttpMessageInvoker Invoker { get; } =
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectCallback = OpenAsync });

    /// <summary>Bytes received on the links that are counted.</summary>
    public static long Received => Interlocked.Read(ref _received);

    public static Uri GetAddress(int port, string path) => new($"ws://127.0.0.1:{port}{path}");

    /// <summary>Sessions opened from now on fill their buffers soon when they are not read, instead of after megabytes, and their links can be frozen.</summary>
    public static void UseFragileLinks() => _isFragile = true;

    /// <summary>What sessions receive that are opened from now on is counted, or is not.</summary>
    public static void CountReceived(bool isCounted) => _isCounted = isCounted;

    /// <summary>The fragile links die silently: nothing comes out of them any more, and nobody is told.</summary>
    public static void FreezeFragileLinks() => Frozen.TrySetResult();

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
            var isFragile = _isFragile;
            if (isFragile)
            {
                socket.ReceiveBufferSize = SmallReceiveBuffer;
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return isFragile ? new FragileStream(stream, Frozen.Task)
                : _isCounted ? new CountedStream(stream, static count => Interlocked.Add(ref _received, count))
                : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
