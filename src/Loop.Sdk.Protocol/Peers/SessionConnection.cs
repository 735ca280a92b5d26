using System.Buffers;
using System.Net.WebSockets;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Peers;

/// <summary>One WebSocket that carries a session: a read loop, and a write loop that runs while there is something to send.</summary>
internal sealed partial class SessionConnection(WebSocket socket, Clock clock) : IThreadPoolWorkItem
{
    private const int LargeBuffer = 64 * 1024;
    private const int SmallBuffer = 1024;

    private Session? _session;
    private byte[]? _buffer;
    private int _filled;
    private bool _expectsSmall;
    private int _writers;
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
        ReadyWork ready = default;
        try
        {
            while (true)
            {
                if (_filled > 0)
                {
                    Receive(peer, ref ready);
                }

                var filling = FillAsync(CancellationToken.None);
                if (filling.IsCompleted)
                {
                    // There is more to read at once: the work goes to another thread.
                    ready.QueueOnly();
                }

                var work = ready.TakeOnly();
                if (!(work is null ? await filling.ConfigureAwait(false) : await new RunWhileReading(filling, work)))
                {
                    break;
                }
            }

            return _failure;
        }
        catch (LoopException error)
        {
            ready.QueueOnly();
            session.Close(error);
            Finish(Farewell.Of(new GoAway(error.Code, Verdict.Reconnect) { Message = error.Message }));
            await LingerAsync().ConfigureAwait(false);
            return error;
        }
        finally
        {
            ready.QueueOnly();
            await StopAsync().ConfigureAwait(false);
            session.Detach();
        }
    }

    private void Receive(Peer peer, ref ReadyWork ready)
    {
        var (session, size, received) = (peer.Session, _filled, peer.Session.Received);
        try
        {
            Discard(session.Receive(_buffer.AsSpan(0, _filled), clock.Now));
        }
        finally
        {
            // Also if what came last is wrong: what came before that counts.
            peer.EndBatch(ref ready);
        }

        // A ping is no reason: between pings an idle connection holds nothing.
        _expectsSmall = size < SmallBuffer && session.Received != received;
    }

    /// <summary>There is output: write it, in a work item of its own, so that what is produced in the same round shares a message.</summary>
    public void Flush()
    {
        Interlocked.Increment(ref _writers);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>There is output that nothing else can share a message with: write it on the calling thread.</summary>
    public void Write()
    {
        Interlocked.Increment(ref _writers);
        ((IThreadPoolWorkItem)this).Execute();
    }

    /// <summary>Cuts the connection.</summary>
    public void Abort() => Socket.Abort();

    void IThreadPoolWorkItem.Execute()
    {
        var writing = WriteAsync();
        if (!writing.IsCompletedSuccessfully)
        {
            _ = writing.AsTask();
        }
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteAsync()
    {
        try
        {
            while (!_stopped && _session!.TryTake(clock.Now, out var message))
            {
                await Socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
                _session.Taken();
            }

            if (!_stopped && Volatile.Read(ref _farewell) is { } farewell && _session!.TryClaimOutput())
            {
                // The claim is kept: nothing may follow.
                await SendFarewellAsync(farewell, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The read loop ends with it, and reports.
            Socket.Abort();
        }
        finally
        {
            if (Interlocked.Decrement(ref _writers) == 0 && _stopped)
            {
                Volatile.Read(ref _idle)?.TrySetResult();
            }
        }
    }

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

    /// <summary>
    /// Adds what comes next to the buffer. An idle connection holds no buffer: it waits with an empty read. Between small messages it waits with a small
    /// buffer, since the empty read would cost as much as the read itself; and in the middle of a large one it is not idle. False if the connection ended: by a
    /// failure, which is kept, or because the peer closed it.
    /// </summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_filled == 0 && !_expectsSmall && _session is not { IsAssembling: true })
            {
                var arrival = Socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
                if (!arrival.IsCompleted)
                {
                    ReleaseBuffer();
                }

                if ((await arrival.ConfigureAwait(false)).MessageType == WebSocketMessageType.Close)
                {
                    return false;
                }
            }

            ProvideBuffer(_filled == 0 && _expectsSmall ? SmallBuffer : LargeBuffer);
            var result = await Socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }

            if (result.MessageType != WebSocketMessageType.Binary)
            {
                throw new LoopException(ErrorCodes.ProtocolError, "Only binary messages are allowed.");
            }

            _filled += result.Count;
            return true;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The end of every connection that breaks, of thousands at once if a server goes: thrown on, it would cost as much again at each caller.
            _failure = exception;
            return false;
        }
    }

    private void Discard(int count)
    {
        _filled -= count;
        if (_filled > 0 && count > 0)
        {
            _buffer.AsSpan(count, _filled).CopyTo(_buffer);
        }
    }

    private void ProvideBuffer(int size)
    {
        if (_buffer is { } present)
        {
            if (present.Length == size)
            {
                return;
            }

            _buffer = ArrayPool<byte>.Shared.Rent(size);
            present.AsSpan(0, _filled).CopyTo(_buffer);
            ArrayPool<byte>.Shared.Return(present);
            return;
        }

        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    private void ReleaseBuffer()
    {
        if (_buffer is { } buffer && _filled == 0)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
