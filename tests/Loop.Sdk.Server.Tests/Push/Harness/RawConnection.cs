using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Loop.Sdk.Server.Tests.Push.Harness;

/// <summary>A TCP connection on which anything can be said.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly StreamReader _reader;

    private RawConnection(Uri address)
    {
        _client.Connect(address.Host, address.Port);
        _reader = new StreamReader(_client.GetStream(), Encoding.Latin1);
    }

    /// <summary>Whether the server keeps the connection after its last answer.</summary>
    public bool IsKept { get; private set; } = true;

    public static RawConnection Open(Uri address) => new(address);

    /// <summary>A connection that is a WebSocket.</summary>
    public static async Task<RawConnection> OpenSocketAsync(Uri address)
    {
        var connection = Open(address);
        await connection.SendAsync($"GET / HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        Assert.AreEqual(101, (await connection.AnswerAsync()).Status);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _client.GetStream().WriteAsync(bytes);

    /// <summary>A masked text frame of less than 126 bytes.</summary>
    public Task SendFrameAsync(string text) => SendAsync([0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)]);

    /// <summary>The next answer: its status, and its body.</summary>
    public async Task<(int Status, string Body)> AnswerAsync()
    {
        var status = int.Parse((await LineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
        var length = 0;
        var isChunked = false;
        while (await LineAsync() is { Length: > 0 } header)
        {
            length = header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(header.Split(':')[1], CultureInfo.InvariantCulture) : length;
            isChunked |= header.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase);
            IsKept &= !header.StartsWith("Connection: close", StringComparison.OrdinalIgnoreCase);
        }

        return (status, isChunked ? await ChunksAsync() : await TextAsync(length));
    }

    /// <summary>What comes until the server ends the connection. If it cuts it, something of that may be lost.</summary>
    public async Task<byte[]> RestAsync()
    {
        var rest = new StringBuilder();
        var buffer = new char[1024];
        try
        {
            while (await _reader.ReadAsync(buffer.AsMemory()).AsTask().WaitAsync(Patience) is > 0 and var length)
            {
                rest.Append(buffer, 0, length);
            }
        }
        catch (IOException)
        {
            // It was cut.
        }

        return Encoding.Latin1.GetBytes(rest.ToString());
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }

    private async Task<string> LineAsync() => await _reader.ReadLineAsync().WaitAsync(Patience) ?? throw new IOException("The server ended the connection.");

    private async Task<string> ChunksAsync()
    {
        var body = new StringBuilder();
        while (int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var length)
        {
            body.Append(await TextAsync(length));
            await LineAsync();
        }

        await LineAsync();
        return body.ToString();
    }

    private async Task<string> TextAsync(int length)
    {
        var text = new char[length];
        Assert.AreEqual(length, length == 0 ? 0 : await _reader.ReadBlockAsync(text).AsTask().WaitAsync(Patience));
        return new string(text);
    }
}
