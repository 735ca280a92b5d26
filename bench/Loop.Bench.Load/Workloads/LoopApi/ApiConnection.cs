using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Loop.Bench.Load.Workloads.LoopApi;

/// <summary>A client's keep-alive connection: one request after another, with as little of the client's own work as can be.</summary>
internal sealed class ApiConnection : IDisposable
{
    private const int MaxAnswer = 16 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request = new byte[MaxAnswer];
    private readonly byte[] _answer = new byte[MaxAnswer];
    private int _length;

    private static ReadOnlySpan<byte> HeadersEnd => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> LengthHeader => "\r\nContent-Length: "u8;

    private static ReadOnlySpan<byte> ChunkedHeader => "\r\nTransfer-Encoding: chunked"u8;

    private static ReadOnlySpan<byte> ChunksEnd => "0\r\n\r\n"u8;

    public static async Task<ApiConnection> ConnectAsync(int port)
    {
        var connection = new ApiConnection();
        await connection._socket.ConnectAsync("127.0.0.1", port);
        return connection;
    }

    /// <summary>Sends a request, and waits for the whole answer.</summary>
    /// <exception cref="InvalidOperationException">Its status is another one.</exception>
    public async Task SendAsync(string method, string path, string? authorization, string body, int status)
    {
        await SendAsync(method, path, authorization, body);
        if (!_answer.AsSpan(0, _length).StartsWith(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "))))
        {
            throw new InvalidOperationException($"{method} {path} was answered with {Answer}");
        }
    }

    /// <summary>The last answer.</summary>
    public string Answer => Encoding.UTF8.GetString(_answer, 0, _length);

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(string method, string path, string? authorization, string body)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{((System.Net.IPEndPoint)_socket.RemoteEndPoint!).Port}\r\n{(authorization is null ? "" : $"Authorization: {authorization}\r\n")}{(body.Length == 0 && method == "GET" ? "" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n")}\r\n{body}");
        await _socket.SendAsync(_request.AsMemory(0, Encoding.ASCII.GetBytes(text, _request)));
        _length = 0;
        while (!IsWhole(_answer.AsSpan(0, _length)))
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(_length));
            _length += read > 0 ? read : throw new InvalidOperationException("The server closed a connection.");
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf(HeadersEnd);
        if (end < 0)
        {
            return false;
        }

        var headers = answer[..(end + 2)];
        if (headers.IndexOf(ChunkedHeader) >= 0)
        {
            return answer.EndsWith(ChunksEnd);
        }

        var length = headers.IndexOf(LengthHeader);
        return length < 0 || !int.TryParse(Line(headers[(length + LengthHeader.Length)..]), CultureInfo.InvariantCulture, out var body) || answer.Length >= end + HeadersEnd.Length + body;
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> text) => text[..text.IndexOf((byte)'\r')];
}
