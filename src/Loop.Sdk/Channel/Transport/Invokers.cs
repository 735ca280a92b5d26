using System.Net;
using System.Net.Sockets;

namespace Loop.Sdk.Transport;

/// <summary>What sends the opening requests. A connection pool is worth having once, however many clients there are.</summary>
internal static class Invokers
{
    // One HTTP/2 connection carries about a hundred WebSockets: then it takes another.
    private static readonly Lazy<HttpMessageInvoker> Http2 = new(() => new HttpMessageInvoker(new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseCookies = false }));

    /// <summary>The invoker for these options, or null for the one that all plain WebSockets of the process share anyway.</summary>
    public static HttpMessageInvoker? For(ChannelClientOptions options)
    {
        if (options.UnixSocketPath is { } path)
        {
            return OverUnixSocket(path);
        }

        return options.HttpMessageInvoker ?? (options.HttpVersion == HttpVersion.Version20 ? Http2.Value : null);
    }

    private static HttpMessageInvoker OverUnixSocket(string path) => new(new SocketsHttpHandler
    {
        EnableMultipleHttp2Connections = true,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });
}
