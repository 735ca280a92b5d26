using System.Text;
using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>
/// The data channels of a connection (RFC 8831, RFC 8832) over an association of its own, without sockets, threads or clocks. All calls are made one at a time, under the owner's lock, with
/// the time in microseconds of a clock that does not go back. After any call: <see cref="Write"/> until it gives 0 (each packet is one DTLS record), <see cref="TryReadEvent"/> until there is
/// none, and <see cref="Timeout"/> at <see cref="NextTimeout"/>. No input from the peer makes a call throw.
/// </summary>
internal sealed class DataChannelSet(SctpSettings settings)
{
    /// <summary>The largest message that is taken for any peer.</summary>
    private const int LargestMessage = 64 * 1024 * 1024;
    private const int MaxText = ushort.MaxValue;
    private const int MaxId = ushort.MaxValue - 1;
    private const int MicrosecondsPerMillisecond = 1000;

    private readonly Dictionary<ushort, DataChannel> _channels = [];
    private readonly List<DataChannel> _unassigned = [];
    private readonly EventQueue<DataChannelEvent> _events = new();
    private bool _isStarted;
    private bool _isDtlsClient;
    private int _nextId;
    private int _incoming;

    /// <summary>How many channels the peer may have open; further ones are closed at once.</summary>
    public int MaxIncoming { get; init; } = 1024;

    /// <summary>The association underneath.</summary>
    public SctpAssociation Association { get; } = new(settings);

    /// <summary>The largest message that the peer takes, in bytes; 65 536 until <see cref="Start"/>.</summary>
    public long MaxMessageSize { get; private set; } = 65_536;

    /// <summary>When <see cref="Timeout"/> is to be called, in microseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long NextTimeout => Association.NextTimeout;

    /// <summary>Makes a channel, before or after <see cref="Start"/>.</summary>
    /// <exception cref="LoopException"><c>closed</c>; <c>channel_conflict</c>: the negotiated id is in use; <c>resource_exhausted</c>: no id is left.</exception>
    /// <exception cref="ArgumentException">The label or the options are out of range.</exception>
    public DataChannel Open(string label, DataChannelOptions options, long now)
    {
        Check(label, options);
        if (Association.IsEnded)
        {
            throw new LoopException(ErrorCodes.Closed, "The connection is closed.");
        }

        var channel = new DataChannel(label, options);
        if (options.NegotiatedId is { } id)
        {
            if (!_channels.TryAdd((ushort)id, channel))
            {
                throw new LoopException(ErrorCodes.ChannelConflict, $"Channel {id} is in use.");
            }

            channel.Id = id;
        }
        else if (!_isStarted)
        {
            _unassigned.Add(channel);
        }
        else if (!TryAssign(channel))
        {
            throw new LoopException(ErrorCodes.ResourceExhausted, "No channel id is left.");
        }

        Announce(channel, now);
        return channel;
    }

    /// <summary>Begins, once DTLS is connected.</summary>
    /// <param name="isDtlsClient">Whether this end is DTLS's client: its ids are even then.</param>
    /// <param name="remotePort">The peer's SCTP port.</param>
    /// <param name="maxMessageSize">The largest message that the peer takes, in bytes; <see cref="long.MaxValue"/> for any.</param>
    /// <param name="now">The time.</param>
    public void Start(bool isDtlsClient, ushort remotePort, long maxMessageSize, long now)
    {
        _isStarted = true;
        _isDtlsClient = isDtlsClient;
        _nextId = isDtlsClient ? 0 : 1;
        MaxMessageSize = maxMessageSize;
        foreach (var channel in _unassigned)
        {
            if (!TryAssign(channel))
            {
                End(channel);
            }
        }

        _unassigned.Clear();
        Association.Connect(remotePort, now);
    }

    /// <summary>Takes a packet; before <see cref="Start"/> it is passed over.</summary>
    public void Receive(ReadOnlySpan<byte> packet, long now)
    {
        if (_isStarted)
        {
            Association.Receive(packet, now);
            Drain(now);
        }
    }

    /// <summary>Writes the next packet to send.</summary>
    /// <param name="packet">At least <see cref="SctpSettings.MaxPacketSize"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its size; 0 if there is nothing to send now.</returns>
    public int Write(Span<byte> packet, long now)
    {
        var length = Association.Write(packet, now);
        Drain(now);
        return length;
    }

    /// <summary>Does what is due.</summary>
    public void Timeout(long now)
    {
        Association.Timeout(now);
        Drain(now);
    }

    /// <summary>Takes the next event.</summary>
    public bool TryReadEvent(out DataChannelEvent next) => _events.TryTake(out next);

    /// <summary>Copies a message, to be sent.</summary>
    public DataChannelSendResult TrySend(DataChannel channel, ReadOnlySpan<byte> message, DataMessageKind kind, long now)
    {
        if (channel.State != DataChannelState.Open)
        {
            return DataChannelSendResult.NotOpen;
        }

        if (message.Length > Math.Min(MaxMessageSize, LargestMessage))
        {
            return DataChannelSendResult.TooLarge;
        }

        var options = channel.Options;
        var reliability = new Reliability(
            !options.IsOrdered && !channel.AwaitsAck,
            options.MaxRetransmits ?? -1,
            options.MaxPacketLifetime is { } life ? (long)life.TotalMilliseconds * MicrosecondsPerMillisecond : -1);
        var ppid = Ppid.Of(kind, message.IsEmpty);
        return Association.TrySend((ushort)channel.Id!.Value, ppid, message.IsEmpty ? [0] : message, reliability, now) switch
        {
            SctpSendResult.Taken => DataChannelSendResult.Taken,
            SctpSendResult.NoRoom => DataChannelSendResult.NoRoom,
            _ => DataChannelSendResult.NotOpen,
        };
    }

    /// <summary>Bytes taken for a channel that have not been written to any packet yet.</summary>
    public long BufferedAmountOf(DataChannel channel) => channel.Id is { } id && channel.State != DataChannelState.Closed ? Association.BufferedAmountOf((ushort)id) : 0;

    /// <summary>Gives the memory of a message back; the window opens.</summary>
    public void Return(in ReceivedMessage message) => Association.Return(message);

    /// <summary>Closes a channel at both ends, after what was sent has been delivered. <see cref="DataChannelEventKind.Closed"/> follows.</summary>
    public void Close(DataChannel channel, long now)
    {
        if (channel.State is not (DataChannelState.Connecting or DataChannelState.Open))
        {
            return;
        }

        if (channel.State == DataChannelState.Connecting)
        {
            // The peer knows nothing of it.
            _unassigned.Remove(channel);
            End(channel);
            return;
        }

        BeginClose(channel);
        Drain(now);
    }

    /// <summary>Says that the path to the peer is another.</summary>
    public void PathChanged() => Association.PathChanged();

    /// <summary>Closes everything at once; one packet says so.</summary>
    public void Abort(long now)
    {
        Association.Abort();
        Drain(now);
    }

    private static void Check(string label, DataChannelOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Encoding.UTF8.GetByteCount(label), MaxText, nameof(label));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Encoding.UTF8.GetByteCount(options.Protocol), MaxText, nameof(options));
        if (options is { MaxRetransmits: not null, MaxPacketLifetime: not null })
        {
            throw new ArgumentException("At most one limit can be set.", nameof(options));
        }

        if (options.MaxRetransmits is < 0 or > ushort.MaxValue || options.MaxPacketLifetime is { TotalMilliseconds: < 0 or > ushort.MaxValue } || options.NegotiatedId is < 0 or > MaxId)
        {
            throw new ArgumentOutOfRangeException(nameof(options));
        }
    }

    /// <summary>Gives a channel the next free id of this end's parity.</summary>
    private bool TryAssign(DataChannel channel)
    {
        for (var tries = 0; tries <= MaxId / 2; tries++)
        {
            var id = _nextId;
            _nextId = id + 2 > MaxId ? (_isDtlsClient ? 0 : 1) : id + 2;
            if ((!Association.IsConnected || id < Association.PeerStreams) && _channels.TryAdd((ushort)id, channel))
            {
                channel.Id = id;
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells the peer of a channel, once that is possible.</summary>
    private void Announce(DataChannel channel, long now)
    {
        if (!Association.IsConnected || channel.Id is not { } id)
        {
            return;
        }

        if (id >= Association.PeerStreams)
        {
            End(channel);
            return;
        }

        if (channel.Options.NegotiatedId is null)
        {
            channel.AwaitsAck = true;
            SendControl((ushort)id, OpenMessage.Write(channel.Label, channel.Options), now);
        }

        channel.State = DataChannelState.Open;
        _events.Add(new DataChannelEvent(DataChannelEventKind.Opened, channel));
    }

    private void SendControl(ushort id, ReadOnlySpan<byte> message, long now) =>
        Association.TrySend(id, Ppid.Control, message, Reliability.Ordered, now, isUrgent: true);

    private void Drain(long now)
    {
        while (Association.TryReadEvent(out var next))
        {
            switch (next.Kind)
            {
                case SctpEventKind.Message:
                    Take(next, now);
                    break;
                case SctpEventKind.Connected:
                    Connect(now);
                    break;
                case SctpEventKind.Restarted:
                    EndAll();
                    Connect(now);
                    break;
                case SctpEventKind.IncomingReset:
                    TakeIncomingReset(next.Stream);
                    break;
                case SctpEventKind.OutgoingReset or SctpEventKind.OutgoingResetRefused:
                    TakeOutgoingReset(next.Stream, next.Kind == SctpEventKind.OutgoingResetRefused);
                    break;
                case SctpEventKind.Writable:
                    _events.Add(new DataChannelEvent(DataChannelEventKind.Writable));
                    break;
                case SctpEventKind.Ended:
                    EndAll();
                    _events.Add(new DataChannelEvent(DataChannelEventKind.Ended, Reason: next.Reason));
                    break;
            }
        }
    }

    private void Connect(long now)
    {
        _events.Add(new DataChannelEvent(DataChannelEventKind.Connected));
        foreach (var channel in _channels.Values.ToArray())
        {
            Announce(channel, now);
        }
    }

    private void Take(in SctpEvent next, long now)
    {
        var message = next.Message;
        if (message.Ppid == Ppid.Control)
        {
            TakeControl(next.Stream, message.Span, now);
        }
        else if (_channels.TryGetValue(next.Stream, out var channel) && channel.State == DataChannelState.Open && Ppid.IsMessage(message.Ppid))
        {
            var kind = Ppid.IsText(message.Ppid) ? DataMessageKind.Text : DataMessageKind.Binary;
            message = Ppid.IsEmpty(message.Ppid) ? message with { Length = 0 } : message;
            _events.Add(new DataChannelEvent(DataChannelEventKind.Message, channel, message, kind));
            return;
        }

        Association.Return(message);
    }

    private void TakeControl(ushort stream, ReadOnlySpan<byte> message, long now)
    {
        if (OpenMessage.IsAck(message))
        {
            if (_channels.TryGetValue(stream, out var acknowledged))
            {
                acknowledged.AwaitsAck = false;
            }

            return;
        }

        var isOurs = stream % 2 == (_isDtlsClient ? 0 : 1);
        if (OpenMessage.Read(message) is not { } channel || isOurs || stream > MaxId || _incoming >= MaxIncoming || _channels.ContainsKey(stream))
        {
            // RFC 8832, section 6: whatever does not open a channel closes it.
            Refuse(stream);
            return;
        }

        channel.Id = stream;
        channel.State = DataChannelState.Open;
        _channels.Add(stream, channel);
        _incoming++;
        SendControl(stream, [OpenMessage.AckType], now);
        _events.Add(new DataChannelEvent(DataChannelEventKind.Incoming, channel));
    }

    private void Refuse(ushort stream)
    {
        if (_channels.TryGetValue(stream, out var channel))
        {
            BeginClose(channel);
        }
        else
        {
            Association.ResetOutgoing(stream);
        }
    }

    private void BeginClose(DataChannel channel)
    {
        if (channel.State == DataChannelState.Open)
        {
            channel.State = DataChannelState.Closing;
            _events.Add(new DataChannelEvent(DataChannelEventKind.Closing, channel));
            Association.ResetOutgoing((ushort)channel.Id!.Value);
        }
    }

    private void TakeIncomingReset(ushort stream)
    {
        if (_channels.TryGetValue(stream, out var channel))
        {
            channel.IsIncomingReset = true;
            BeginClose(channel);
            EndIfReset(channel);
        }
        else
        {
            Association.ResetOutgoing(stream);
        }
    }

    private void TakeOutgoingReset(ushort stream, bool isRefused)
    {
        if (_channels.TryGetValue(stream, out var channel))
        {
            // A peer that cannot reset streams will not reset its own either. The stream is used up then: the association takes nothing more on it.
            channel.IsOutgoingReset = true;
            channel.IsIncomingReset |= isRefused;
            EndIfReset(channel);
        }
    }

    private void EndIfReset(DataChannel channel)
    {
        if (channel.IsIncomingReset && channel.IsOutgoingReset)
        {
            End(channel);
        }
    }

    private void EndAll()
    {
        foreach (var channel in _channels.Values.ToArray())
        {
            End(channel);
        }

        foreach (var channel in _unassigned)
        {
            End(channel);
        }

        _unassigned.Clear();
    }

    private void End(DataChannel channel)
    {
        channel.State = DataChannelState.Closed;
        if (channel.Id is { } id && _channels.Remove((ushort)id) && id % 2 == (_isDtlsClient ? 1 : 0) && channel.Options.NegotiatedId is null)
        {
            _incoming--;
        }

        _events.Add(new DataChannelEvent(DataChannelEventKind.Closed, channel));
    }
}
