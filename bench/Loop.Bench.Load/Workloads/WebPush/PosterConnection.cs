using System.Net.Sockets;
using System.Text;

namespace Loop.Bench.Load.Workloads.WebPush;

/// <summary>An application server's keep-alive connection: one POST after another, with as little of the client's own work as can be.</summary>
internal sealed class PosterConnection : IDisposable
{
    private const int MaxAnswer = 4096;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[MaxAnswer];

    private static ReadOnlySpan<byte> Created => "HTTP/1.1 201 "u8;

    private static ReadOnlySpan<byte> HeadersEnd => "\r\n\r\n"u8;

    public static async Task<PosterConnection> ConnectAsync(Uri server)
    {
        var poster = new PosterConnection();
        await poster._socket.ConnectAsync(server.Host, server.Port);
        return poster;
    }

    /// <summary>A request to an endpoint, to be posted again and again with other numbers.</summary>
    public static byte[] CreateRequest(Uri endpoint, int secondsToLive) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {endpoint.AbsolutePath} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nTTL: {secondsToLive}\r\nContent-Encoding: {SealedBody.Encoding}\r\nContent-Length: {SealedBody.Length}\r\n\r\n"),
        .. SealedBody.Create(number: 0),
    ];

    /// <summary>Posts a request, and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">It was not 201.</exception>
    public async Task PostAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        var length = 0;
        while (!_answer.AsSpan(0, length).EndsWith(HeadersEnd))
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length));
            length += read > 0 ? read : throw new InvalidOperationException("The server closed a connection.");
        }

        if (!_answer.AsSpan(0, length).StartsWith(Created))
        {
            throw new InvalidOperationException($"A post was answered with {Encoding.ASCII.GetString(_answer, 0, length)}");
        }
    }

    public void Dispose() => _socket.Dispose();
}
