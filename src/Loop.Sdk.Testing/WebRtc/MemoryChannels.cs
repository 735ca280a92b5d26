using System.Text;
using System.Threading.Channels;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing;

/// <summary>The channels of one end, and what they send, which goes over in order as far as the other end takes it. Under the network's lock.</summary>
internal sealed class MemoryChannels(MemoryPeerConnection connection)
{
    private const int MaxText = 65_535;
    private const int Ids = 65_535;

    private readonly Dictionary<int, MemoryDataChannel> _byId = [];
    private readonly List<MemoryDataChannel> _withoutId = [];
    private readonly LinkedList<MemorySend> _waiting = new();
    private readonly Queue<MemorySend> _buffer = new();
    private bool _isOpen;

    public Channel<IDataChannel> Incoming { get; } = Channel.CreateUnbounded<IDataChannel>();

    public bool HasAny { get; private set; }

    /// <summary>Bytes that wait to be sent.</summary>
    public long Buffered { get; private set; }

    /// <summary>Bytes that wait to be read.</summary>
    public long Unread { get; set; }

    public MemoryDataChannel Create(string label, DataChannelOptions options)
    {
        Check(label, options);
        if (options.NegotiatedId is { } id && _byId.ContainsKey(id))
        {
            throw new LoopException(ErrorCodes.ChannelConflict, "The id is in use.");
        }

        var channel = new MemoryDataChannel(connection, label, options);
        HasAny = true;
        if (options.NegotiatedId is { } negotiated)
        {
            Put(channel, negotiated);
            if (_isOpen)
            {
                channel.Open();
            }
        }
        else if (_isOpen)
        {
            Announce(channel);
        }
        else
        {
            _withoutId.Add(channel);
        }

        return channel;
    }

    /// <summary>There is a path, for the first time or again.</summary>
    public void Connected()
    {
        if (!_isOpen)
        {
            _isOpen = true;
            foreach (var channel in _byId.Values.ToList())
            {
                channel.Open();
            }

            _withoutId.ForEach(Announce);
            _withoutId.Clear();
        }

        Move();
    }

    /// <summary>Sends, or waits for its turn.</summary>
    public void Send(MemorySend send)
    {
        if (_waiting.Count > 0 || Buffered > connection.Options.SendBuffer)
        {
            send.Place = _waiting.AddLast(send);
        }
        else
        {
            Take(send);
        }

        Move();
    }

    public void Withdraw(MemorySend send)
    {
        if (send.Place is { } place)
        {
            _waiting.Remove(place);
            send.Place = null;
        }
    }

    /// <summary>Sends what can be sent: there has to be a path, and room at the other end.</summary>
    public void Move()
    {
        while (_buffer.TryPeek(out var next) && connection.Peer is { } peer && CanGo(next, peer))
        {
            _buffer.Dequeue();
            Buffered -= next.Message.Length;
            next.Channel.Buffered -= next.Message.Length;
            if (connection.IsPath)
            {
                peer.Channels.Unread += next.Message.Length;
                connection.Network.After(connection.Network.Latency, () => peer.Channels.Receive(next));
            }

            while (_waiting.First is { } first && Buffered <= connection.Options.SendBuffer)
            {
                _waiting.RemoveFirst();
                first.Value.Place = null;
                Take(first.Value);
            }
        }
    }

    /// <summary>The channel is closed at both ends: its id can be used again.</summary>
    public void Remove(MemoryDataChannel channel)
    {
        if (channel.Id is { } id && _byId.GetValueOrDefault(id) == channel)
        {
            _byId.Remove(id);
        }

        _withoutId.Remove(channel);
    }

    public void Close()
    {
        foreach (var send in _waiting)
        {
            send.Place = null;
            send.Taken.TrySetException(new LoopException(ErrorCodes.Closed, "The connection was closed."));
        }

        _waiting.Clear();
        _buffer.Clear();
        foreach (var channel in _byId.Values.Concat(_withoutId).ToList())
        {
            channel.Closed();
        }

        Incoming.Writer.TryComplete();
    }

    private static void Check(string label, DataChannelOptions options)
    {
        var isSound = Encoding.UTF8.GetByteCount(label) <= MaxText && Encoding.UTF8.GetByteCount(options.Protocol) <= MaxText
            && options.NegotiatedId is null or (>= 0 and < Ids)
            && options.MaxRetransmits is null or (>= 0 and <= MaxText)
            && (options.MaxPacketLifetime is not { } lifetime || (lifetime >= TimeSpan.Zero && lifetime.TotalMilliseconds <= MaxText && lifetime.Ticks % TimeSpan.TicksPerMillisecond == 0))
            && (options.MaxRetransmits is null || options.MaxPacketLifetime is null);
        if (!isSound)
        {
            throw new ArgumentException("The label or the options are out of range.", nameof(options));
        }
    }

    private bool CanGo(MemorySend next, MemoryPeerConnection peer) =>
        connection.IsPath
            ? peer.Channels.Unread == 0 || peer.Channels.Unread + next.Message.Length <= peer.Options.ReceiveBuffer
            : next.Channel is { IsReliable: false } && next.Kind == MemorySendKind.Message;

    private void Take(MemorySend send)
    {
        _buffer.Enqueue(send);
        Buffered += send.Message.Length;
        send.Channel.Buffered += send.Message.Length;
        send.Taken.TrySetResult();
    }

    private void Announce(MemoryDataChannel channel)
    {
        var id = connection.IsClient ? 0 : 1;
        while (_byId.ContainsKey(id) || (connection.Peer?.Channels._byId.ContainsKey(id) ?? false))
        {
            id += 2;
        }

        if (id >= Ids)
        {
            throw new LoopException(ErrorCodes.ResourceExhausted, "No id is left.");
        }

        Put(channel, id);
        Send(new MemorySend(channel, MemorySendKind.Open));
    }

    private void Put(MemoryDataChannel channel, int id)
    {
        channel.Id = id;
        _byId[id] = channel;
    }

    private void Receive(MemorySend send)
    {
        if (connection.State == PeerConnectionState.Closed)
        {
            return;
        }

        var id = send.Channel.Id!.Value;
        if (send.Kind == MemorySendKind.Open)
        {
            var made = new MemoryDataChannel(connection, send.Channel.Label, send.Channel.Options);
            Put(made, id);
            made.Open();
            Incoming.Writer.TryWrite(made);
            Send(new MemorySend(made, MemorySendKind.Acknowledge));
            return;
        }

        if (!_byId.TryGetValue(id, out var channel))
        {
            // Nobody has such a channel.
            Unread -= send.Message.Length;
            return;
        }

        switch (send.Kind)
        {
            case MemorySendKind.Acknowledge:
                channel.Open();
                break;
            case MemorySendKind.Message:
                channel.Receive(send);
                break;
            case MemorySendKind.Close:
                channel.PeerCloses();
                break;
        }
    }
}
