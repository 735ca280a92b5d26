using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Peers;

/// <summary>One WebSocket that carries a session: a read loop, and a write loop that runs while there is something to send.</summary>
internal sealed partial class SessionConnection(WebSocket socket, Clock clock)
{
    private Session? _session;
    private volatile bool _stopped;
    private Exception? _failure;
    private TaskCompletionSource? _idle;

    public WebSocket Socket { get; } = socket;

    /// <summary>Sends a frame outside a session: hello, welcome, or a goaway instead of one. Whoever gives up aborts the connection, which costs less than a token.</summary>
    public ValueTask SendHandshakeAsync(byte[] frame) => Socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    /// <summary>Reads the one frame that a handshake consists of. Null if the peer closed the connection. Whoever gives up aborts the connection.</summary>
    /// <exception cref="LoopException">It is another frame, or none.</exception>
    public async Task<HandshakeFrame?> ReadHandshakeAsync()
    {
        // It comes soon, and is short as a rule: not worth an empty read.
        _expectsSmall = true;
        while (true)
        {
            if (FrameReader.TryRead(_buffer.AsSpan(0, _filled), out var frame))
            {
                _expectsSmall = false;
                var result = new HandshakeFrame(frame.Kind, frame.Body.ToArray());
                Discard(frame.Length);
                return result;
            }

            if (!await FillAsync(CancellationToken.None).ConfigureAwait(false))
            {
                return _failure is null ? null : throw new WebSocketException(_failure.Message, _failure);
            }
        }
    }

    /// <summary>Carries the session until the connection ends. Afterwards the session is detached and nothing of this connection touches it.</summary>
    /// <param name="peer">This end of the session, not attached yet.</param>
    /// <param name="peerReceived">What the other end has received of it.</param>
    /// <returns>Why the connection ended; null if the peer closed it. If the peer broke the protocol, it was told, and the session is closed.</returns>
    public async Task<Exception?> RunAsync(Peer peer, ulong peerReceived)
    {
        var session = peer.Session;
        _session = session;
        session.Attach(peerReceived, clock.Now);
        try
        {
            await StartReading(peer).ConfigureAwait(false);
            return _failure;
        }
        catch (LoopException error)
        {
            session.Close(error);
            Finish(Farewell.Of(new GoAway(error.Code, Verdict.Reconnect) { Message = error.Message }));
            await LingerAsync().ConfigureAwait(false);
            return error;
        }
        finally
        {
            await StopAsync().ConfigureAwait(false);
            session.Detach();
        }
    }

    /// <summary>Cuts the connection.</summary>
    public void Abort() => Socket.Abort();

    private async ValueTask StopAsync()
    {
        _stopped = true;
        if (Socket.State == WebSocketState.CloseReceived && Volatile.Read(ref _writers) == 0)
        {
            await AnswerCloseAsync().ConfigureAwait(false);
        }

        if (Socket.State != WebSocketState.Closed)
        {
            Socket.Abort();
        }

        if (Volatile.Read(ref _writers) > 0)
        {
            // A writer may have ended before it could see this: then nobody tells.
            var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref _idle, idle);
            if (Volatile.Read(ref _writers) > 0)
            {
                await idle.Task.ConfigureAwait(false);
            }
        }

        ReleaseBuffer();
    }
}
