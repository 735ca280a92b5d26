using System.Net.WebSockets;
using System.Text;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>A client that speaks frames by hand, right or wrong.</summary>
internal sealed class RawClient(WebSocket socket) : IDisposable
{
    // Only so that a test that hangs ends: nothing here depends on how long something takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _filled;

    public WebSocket Socket { get; } = socket;

    public Welcome Welcome { get; private set; } = null!;

    public Task SendAsync(params byte[] bytes) => Socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    public async Task<RawClient> HelloAsync(Hello? hello = null)
    {
        await SendAsync(ControlFrames.Write(hello ?? new Hello { Services = [ITestContract.Name] }));
        Welcome = (await ReadAsync()).Welcome;
        return this;
    }

    public Hello ResumeHello(ulong received, string? secret = null) => new()
    {
        Services = [ITestContract.Name],
        Resume = new ResumeRequest(Welcome.Session, secret ?? Welcome.Secret!, received),
    };

    public Task CallAsync(ulong id, int method, string json = "\"x\"", string? service = ITestContract.Name, int serviceId = 0, bool end = true) =>
        SendAsync(Frame(FrameKind.Open, id, Open(method, service, serviceId), Encoding.UTF8.GetBytes(json), end ? FrameFlags.End : FrameFlags.None));

    public static byte[] Open(int method, string? service = ITestContract.Name, int serviceId = 0, string? traceParent = null)
    {
        var header = new OpenHeader { ServiceId = serviceId, ServiceName = serviceId == 0 ? service : null, Method = method, TraceParent = traceParent };
        var bytes = new byte[header.Size];
        header.Write(bytes);
        return bytes;
    }

    public static byte[] Frame(FrameKind kind, ulong id, byte[] header, byte[] payload, FrameFlags flags = FrameFlags.None)
    {
        var prefix = new byte[Varint.Length(id)];
        Varint.Write(prefix, id);
        return FrameWriter.Create(kind, [.. prefix, .. header, .. payload], flags);
    }

    /// <summary>The next frame; acknowledgements and credit are passed over.</summary>
    public async Task<ReceivedFrame> ReadAsync() =>
        await TryReadAsync() ?? throw new AssertFailedException($"The connection ended with {Socket.CloseStatus} {Socket.CloseStatusDescription}.");

    /// <summary>The next frame, or null if the server closed the connection.</summary>
    public async Task<ReceivedFrame?> TryReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (TakeFrame() is { } frame)
            {
                if (frame.Kind is not (FrameKind.Ack or FrameKind.Credit))
                {
                    return frame;
                }

                continue;
            }

            var result = await Socket.ReceiveAsync(_buffer.AsMemory(_filled), patience.Token);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _filled += result.Count;
        }
    }

    /// <summary>Reads to the goaway that must come, and to the close after it.</summary>
    public async Task<GoAway> ReadGoAwayAsync()
    {
        var frame = await ReadAsync();
        while (frame.Kind != FrameKind.GoAway)
        {
            Assert.AreNotEqual(FrameKind.Welcome, frame.Kind);
            frame = await ReadAsync();
        }

        Assert.IsNull(await TryReadAsync());
        Assert.AreEqual(frame.GoAway.Code, Socket.CloseStatusDescription);
        await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return frame.GoAway;
    }

    /// <summary>Reads until the connection ends, however it does.</summary>
    public async Task ReadToEndAsync()
    {
        try
        {
            while (await TryReadAsync() is not null)
            {
            }

            await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
        {
            // The server cut it.
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut() => Socket.Abort();

    public void Dispose() => Socket.Dispose();

    private ReceivedFrame? TakeFrame()
    {
        if (!FrameReader.TryRead(_buffer.AsSpan(0, _filled), out var frame))
        {
            return null;
        }

        var received = new ReceivedFrame(frame.Kind, frame.Flags, frame.Body.ToArray());
        _filled -= frame.Length;
        _buffer.AsSpan(frame.Length, _filled).CopyTo(_buffer);
        return received;
    }
}
