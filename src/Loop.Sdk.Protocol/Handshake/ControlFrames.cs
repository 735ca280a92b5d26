using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Handshake;

/// <summary>Frames whose body is JSON.</summary>
internal static class ControlFrames
{
    public static byte[] Write(Hello hello) => Write(FrameKind.Hello, hello, ControlJson.Default.Hello);

    public static byte[] Write(Welcome welcome) => Write(FrameKind.Welcome, welcome, ControlJson.Default.Welcome);

    public static byte[] Write(Credentials credentials) => Write(FrameKind.Auth, credentials, ControlJson.Default.Credentials);

    public static byte[] Write(AuthResult result) => Write(FrameKind.AuthResult, result, ControlJson.Default.AuthResult);

    public static byte[] Write(GoAway goAway) => Write(FrameKind.GoAway, goAway, ControlJson.Default.GoAway);

    /// <summary>Reads and checks a hello.</summary>
    /// <exception cref="LoopException">Code <c>invalid_hello</c>.</exception>
    public static Hello ReadHello(ReadOnlySpan<byte> body)
    {
        var hello = Read(body, HandshakeReader.ReadHello, ErrorCodes.InvalidHello);
        Check(hello.Limits, ErrorCodes.InvalidHello);
        var sound = hello is { Features.Count: <= 64, Services.Count: <= 256 }
            && !hello.Features.Contains(null!)
            && !hello.Services.Contains(null!)
            && hello.Resume is null or { Session.Length: > 0 and <= 64, Secret.Length: > 0 and <= 128, Received: <= Varint.MaxValue };
        return sound ? hello : throw new LoopException(ErrorCodes.InvalidHello, "The hello asks for something impossible.");
    }

    /// <summary>Reads and checks a welcome.</summary>
    /// <exception cref="LoopException">Code <c>protocol_error</c>.</exception>
    public static Welcome ReadWelcome(ReadOnlySpan<byte> body)
    {
        var welcome = Read(body, HandshakeReader.ReadWelcome, ErrorCodes.ProtocolError);
        Check(welcome.Limits, ErrorCodes.ProtocolError);
        var sound = welcome is { Session.Length: > 0 and <= 64, KeepAliveMs: >= 100, ResumeWindowMs: >= 0, Received: <= Varint.MaxValue };
        return sound ? welcome : throw new LoopException(ErrorCodes.ProtocolError, "The welcome cannot be understood.");
    }

    /// <summary>Reads and checks a goaway.</summary>
    /// <exception cref="LoopException">Code <c>protocol_error</c>.</exception>
    public static GoAway ReadGoAway(ReadOnlySpan<byte> body)
    {
        var goAway = Read(body, ControlJson.Default.GoAway);
        var sound = goAway is { Code.Length: > 0, Verdict: Verdict.Resume or Verdict.Reconnect or Verdict.Stop, RetryAfterMs: >= 0 };
        return sound ? goAway : throw new LoopException(ErrorCodes.ProtocolError, "The goaway cannot be understood.");
    }

    public static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> typeInfo)
        where T : class
    {
        return Read(body, Deserialize, ErrorCodes.ProtocolError);

        T Deserialize(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, typeInfo) ?? throw new JsonException("It is null.");
    }

    private static T Read<T>(ReadOnlySpan<byte> body, Func<ReadOnlySpan<byte>, T> read, string code)
    {
        // The reader checks the strings that it decodes, but not what it keeps as it is, such as an error's details.
        if (!Utf8.IsValid(body))
        {
            throw new LoopException(code, "A control frame is not UTF-8.");
        }

        try
        {
            return read(body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter stands for an escape sequence that is no character.
            throw new LoopException(code, "A control frame cannot be read.", exception);
        }
    }

    private static byte[] Write<T>(FrameKind kind, T value, JsonTypeInfo<T> typeInfo)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
        return body.Length <= FrameLimits.MaxBody
            ? FrameWriter.Create(kind, body)
            : throw new LoopException(ErrorCodes.FrameTooLarge, $"A control frame is limited to {FrameLimits.MaxBody} bytes of JSON.");
    }

    private static void Check(PeerLimits limits, string code)
    {
        var sound = limits.StreamWindow >= FrameLimits.MinWindow
            && limits.SessionWindow >= limits.StreamWindow
            && limits.MaxMessage >= 1
            && limits.MaxStreams >= 1
            && limits.AckBytes >= 1;
        if (!sound)
        {
            throw new LoopException(code, $"Announced limits are too small: windows hold at least {FrameLimits.MinWindow} bytes.");
        }
    }
}
