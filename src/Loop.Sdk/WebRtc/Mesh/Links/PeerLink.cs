namespace Loop.Sdk.WebRtc;

/// <summary>
/// What two peers share, whatever the ways between them: messages in order, each once, over whichever transport is the best at the moment. New ones take over as they open, without a gap.
/// </summary>
internal sealed class PeerLink : IAsyncDisposable
{
    /// <summary>The longest payload of a message, in bytes: what fits into a relay's frame, with all that is around it.</summary>
    public const int MaxMessage = OpenRelay.MaxFrame - 4096;

    private const int MaxKept = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly ILinkSink _sink;
    private readonly LinkLog _log = new(MaxKept);
    private readonly Queue<byte[]> _passing = new();
    private readonly List<LinkTransport> _transports = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Task _writing;
#pragma warning disable CA5394 // Told apart, not guarded.
    private readonly long _life = Random.Shared.NextInt64(1, long.MaxValue);
#pragma warning restore CA5394
    private TaskCompletionSource _changed = NewSource();
    private LinkTransport? _active;
    private bool _mustAcknowledge;
    private long _peerLife;
    private int _numbers;

    public PeerLink(string id, string member, ILinkSink sink)
    {
        Id = id;
        Member = member;
        _sink = sink;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>The peer's mesh.</summary>
    public string Id { get; }

    /// <summary>The peer's member id.</summary>
    public string Member { get; }

    /// <summary>Which way is used.</summary>
    public MeshPath Path
    {
        get
        {
            lock (_lock)
            {
                return _active?.Transport.Path ?? MeshPath.None;
            }
        }
    }

    /// <summary>Whether the peer was gone for so long that it is not shown any more: then nobody waits for it.</summary>
    public bool IsHidden
    {
        get => Volatile.Read(ref field);
        set
        {
            lock (_lock)
            {
                Volatile.Write(ref field, value);
                Tell();
            }
        }
    }

    /// <summary>The peer as it was last shown; null before.</summary>
    public MeshPeer? Shown
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Whether the link was ever used.</summary>
    public bool WasConnected { get; private set; }

    /// <summary>Whether it is over: the peer has left, or is given up.</summary>
    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>Adds a way to the peer, which is used once it is open and the best.</summary>
    public void Add(ILinkTransport transport)
    {
        LinkTransport added;
        List<LinkTransport> abandoned;
        lock (_lock)
        {
            // Whatever is begun anew was given up on.
            abandoned = [.. _transports.Where(other => !other.IsReady && other.Transport.Path == transport.Path)];
            added = new LinkTransport(transport, ++_numbers);
            _transports.Add(added);
        }

        abandoned.ForEach(End);

        _ = Task.Run(() => RunAsync(added));
        if (IsOver)
        {
            End(added);
        }
    }

    /// <summary>A transport may be better or worse than it was.</summary>
    public void Look()
    {
        LinkTransport? before;
        LinkTransport? now;
        List<LinkTransport> worse = [];
        lock (_lock)
        {
            before = _active;
            now = _transports.Where(static transport => transport.IsUsable).MaxBy(static transport => (transport.Transport.Path == MeshPath.Direct, transport.Number));
            if (now == before)
            {
                return;
            }

            _active = now;
            WasConnected |= now is not null;
            _log.Rewind();
            _mustAcknowledge = true;
            before?.Leave();
            if (now?.Transport.Path == MeshPath.Direct)
            {
                worse = [.. _transports.Where(other => other.Number < now.Number || other.Transport.Path == MeshPath.Relayed)];
            }

            Tell();
        }

        worse.ForEach(End);
        _sink.Changed(this);
    }

    /// <summary>Sends a message, which arrives once and in order if the peer does not leave. Waits while much is on its way.</summary>
    /// <exception cref="LoopException"><c>peer_gone</c>; <c>message_too_large</c>.</exception>
    public async ValueTask SendAsync(string channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length > MaxMessage)
        {
            throw new LoopException(ErrorCodes.MessageTooLarge, $"A message is at most {MaxMessage} bytes.");
        }

        while (true)
        {
            Task changed;
            lock (_lock)
            {
                ThrowIfOver();
                if (_log.HasRoom)
                {
                    _log.Add(channel, payload.Span);
                    Tell();
                    return;
                }

                if (IsHidden)
                {
                    throw Gone();
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a message now, or not at all.</summary>
    public bool TrySend(string channel, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            // What waits behind this many is late already.
            if (_active is null || IsOver || _passing.Count >= 16)
            {
                return false;
            }

            _passing.Enqueue(LinkFrame.Message(LinkFrameKind.Passing, 0, channel, payload));
            Tell();
            return true;
        }
    }

    /// <summary>Sends a piece on the bulk lane of the way of the moment; waits for one.</summary>
    /// <returns>Whether it was sent. What was sent may be lost when another way is taken: then <see cref="ILinkSink.Changed"/> is called.</returns>
    /// <exception cref="LoopException"><c>peer_gone</c>.</exception>
    public async ValueTask<bool> TrySendBulkAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        LinkTransport? active;
        CancellationToken sending;
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                ThrowIfOver();
                (active, changed, sending) = (_active, _changed.Task, _active?.Sending ?? default);
            }

            if (active is not null)
            {
                break;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, sending);
        try
        {
            await active.Transport.SendAsync(Lane.Bulk, frame, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (LoopException)
        {
            End(active);
            return false;
        }
    }

    /// <summary>Says goodbye, if there is somebody to hear it, and ends.</summary>
    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        ILinkTransport? transport;
        lock (_lock)
        {
            transport = _active?.Transport;
        }

        if (transport is not null && !IsOver)
        {
            try
            {
                await transport.SendAsync(Lane.Control, LinkFrame.Control(LinkFrameKind.Bye, 0), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is LoopException or OperationCanceledException)
            {
                // It notices by itself.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<LinkTransport> transports;
        lock (_lock)
        {
            _ = _over.CancelAsync();
            transports = [.. _transports];
            Tell();
        }

        transports.ForEach(End);
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void ThrowIfOver()
    {
        if (IsOver)
        {
            throw Gone();
        }
    }

    private static LoopException Gone() => new(ErrorCodes.PeerGone, "The peer has left, or its connection was lost for good.");

    private void Tell()
    {
        _changed.TrySetResult();
        _changed = NewSource();
    }

    private async Task RunAsync(LinkTransport transport)
    {
        var bulk = Task.CompletedTask;
        try
        {
            var control = ReadControlAsync(transport);
            bulk = ReadBulkAsync(transport);
            await Task.WhenAny(transport.Transport.OpenAsync(transport.Stopped), control, bulk).Unwrap().ConfigureAwait(false);
            byte[] resume;
            lock (_lock)
            {
                resume = LinkFrame.Resume(_log.Received, _life, _peerLife);
            }

            await transport.Transport.SendAsync(Lane.Control, resume, transport.Stopped).ConfigureAwait(false);

            // A lane that ends in peace is not the end of the other, on which a goodbye may be under way.
            if (await Task.WhenAny(control, bulk).ConfigureAwait(false) == bulk)
            {
                await bulk.ConfigureAwait(false);
            }

            await control.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LoopException or OperationCanceledException or ObjectDisposedException)
        {
            // It is over, for whatever reason; there may be others.
        }

        End(transport);
        await bulk.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await transport.Transport.DisposeAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _transports.Remove(transport);
        }
    }

    private void End(LinkTransport transport)
    {
        lock (_lock)
        {
            transport.End();
        }

        Look();
    }

    private async Task ReadControlAsync(LinkTransport transport)
    {
        await foreach (var frame in transport.Transport.ReceiveAsync(Lane.Control, transport.Stopped).ConfigureAwait(false))
        {
            if (!LinkFrame.TryRead(frame.Span, out var read) || !TryTake(transport, read))
            {
                _sink.Broken(this, "a frame that is malformed or not expected");
                return;
            }

            if (read.Kind == LinkFrameKind.Resume)
            {
                Look();
            }
            else if (read.Kind == LinkFrameKind.Bye)
            {
                _sink.Left(this);
            }
        }
    }

    private bool TryTake(LinkTransport transport, in LinkFrame frame)
    {
        lock (_lock)
        {
            switch (frame.Kind)
            {
                case LinkFrameKind.Resume:
                    transport.IsReady = true;
                    return Resume(frame);
                case LinkFrameKind.Acknowledge:
                    return Acknowledge(frame.Number);
                case LinkFrameKind.Message:
                    if (_log.Take(frame.Number) is not { } isNew)
                    {
                        return false;
                    }

                    _mustAcknowledge = true;
                    if (isNew)
                    {
                        _sink.Receive(this, frame.Name, frame.Payload);
                    }

                    Tell();
                    return true;
                case LinkFrameKind.Passing:
                    _sink.Receive(this, frame.Name, frame.Payload);
                    return true;
                default:
                    return true;
            }
        }
    }

    // Either end may have given the other up and met it again. Then it has forgotten the messages, and the lives tell.
    private bool Resume(in LinkFrame frame)
    {
        if (_peerLife != 0 && _peerLife != frame.Mine)
        {
            _log.Renumber();
            _active?.Leave();
        }

        _peerLife = frame.Mine;
        return Acknowledge(frame.Yours == _life ? frame.Number : 0);
    }

    private bool Acknowledge(long count)
    {
        if (!_log.Acknowledge(count))
        {
            return false;
        }

        Tell();
        return true;
    }

    private async Task ReadBulkAsync(LinkTransport transport)
    {
        await foreach (var frame in transport.Transport.ReceiveAsync(Lane.Bulk, transport.Stopped).ConfigureAwait(false))
        {
            _sink.ReceiveBulk(this, frame.Span);
        }
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            LinkTransport? active;
            byte[]? frame = null;
            Task changed;
            CancellationToken sending;
            lock (_lock)
            {
                // Under the lock, as the end is: else the last change could be missed, and nothing comes after it.
                if (IsOver)
                {
                    return;
                }

                (active, changed, sending) = (_active, _changed.Task, _active?.Sending ?? default);
                if (active is not null)
                {
                    frame = NextFrame();
                }
            }

            if (frame is null)
            {
                await changed.ConfigureAwait(false);
                continue;
            }

            try
            {
                await active!.Transport.SendAsync(Lane.Control, frame, sending).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Another transport has taken over, and sends again what is not acknowledged.
            }
            catch (LoopException)
            {
                End(active!);
            }
        }
    }

    private byte[]? NextFrame()
    {
        if (_mustAcknowledge)
        {
            _mustAcknowledge = false;
            return LinkFrame.Control(LinkFrameKind.Acknowledge, _log.Received);
        }

        return _passing.TryDequeue(out var passing) || _log.TryNext(out passing) ? passing : null;
    }
}
