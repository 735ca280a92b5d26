using System.Net.WebSockets;
using System.Text;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>A browser's connection that is as slow, and as silent, as the test wants.</summary>
internal sealed class ScriptedSocket : WebSocket
{
    private readonly System.Threading.Channels.Channel<byte[]> _incoming = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebSocketState _state = WebSocketState.Open;

    /// <summary>What sending waits for, whatever else happens.</summary>
    public Task SendGate { get; set; } = Task.CompletedTask;

    /// <summary>Ends when something is being sent.</summary>
    public Task Sending => _sending.Task;

    /// <summary>Ends when the connection is cut.</summary>
    public Task Aborted => _aborted.Task;

    /// <summary>The reason of the goodbye; null before it.</summary>
    public string? Goodbye { get; private set; }

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    public void Say(string json) => Assert.IsTrue(_incoming.Writer.TryWrite(Encoding.UTF8.GetBytes(json)));

    public override void Abort()
    {
        _state = WebSocketState.Aborted;
        _incoming.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        _aborted.TrySetResult();
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _state = WebSocketState.CloseSent;
        Goodbye = statusDescription;
        return Task.CompletedTask;
    }

    public override void Dispose() => Abort();

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var message = await _incoming.Reader.ReadAsync(cancellationToken);
        message.CopyTo(buffer.AsSpan());
        return new WebSocketReceiveResult(message.Length, WebSocketMessageType.Text, endOfMessage: true);
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        _sending.TrySetResult();
        return SendGate;
    }
}
