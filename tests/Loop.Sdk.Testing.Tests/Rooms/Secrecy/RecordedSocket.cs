using System.Net.WebSockets;

namespace Loop.Sdk.Testing.Tests.Rooms.Secrecy;

/// <summary>The server's end of a socket, whose messages are recorded as they are without the mask.</summary>
internal sealed class RecordedSocket(WebSocket real, Recording recording) : WebSocket
{
    public override WebSocketCloseStatus? CloseStatus => real.CloseStatus;

    public override string? CloseStatusDescription => real.CloseStatusDescription;

    public override WebSocketState State => real.State;

    public override string? SubProtocol => real.SubProtocol;

    public override void Abort() => real.Abort();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        real.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        real.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Dispose() => real.Dispose();

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await real.ReceiveAsync(buffer, cancellationToken);
        recording.Add("received", buffer[..result.Count].ToArray());
        return result;
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await real.ReceiveAsync(buffer, cancellationToken);
        recording.Add("received", buffer[..result.Count].ToArray());
        return result;
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        recording.Add("sent", buffer.ToArray());
        return real.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, WebSocketMessageFlags messageFlags, CancellationToken cancellationToken)
    {
        recording.Add("sent", buffer.ToArray());
        return real.SendAsync(buffer, messageType, messageFlags, cancellationToken);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        recording.Add("sent", buffer.ToArray());
        return real.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
    }
}
