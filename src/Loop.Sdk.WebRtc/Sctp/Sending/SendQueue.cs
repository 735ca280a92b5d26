namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>
/// Messages that wait to be cut into chunks. Streams take turns: message by message, or fragment by fragment where messages are interleaved. The memory of a message lives until the peer has
/// acknowledged it all.
/// </summary>
internal sealed class SendQueue(BlockPool pool, OutMessageTable messages)
{
    private readonly Dictionary<ushort, OutboundStream> _streams = [];
    private OutboundStream? _recent;

    /// <summary>The stream before the one whose turn it is, in the ring of those that have messages.</summary>
    private OutboundStream? _last;

    /// <summary>Bytes that messages begun and not cut altogether have in all.</summary>
    private long _begun;

    /// <summary>Bytes that wait.</summary>
    public long Buffered { get; private set; }

    public bool IsInterleaved { get; set; }

    /// <summary>How much may be begun at the same time, so that a peer never holds more parts of messages than it has room for.</summary>
    public long MaxBegun { get; set; } = long.MaxValue;

    public OutboundStream Stream(ushort id)
    {
        if (_recent is { } recent && recent.Id == id)
        {
            return recent;
        }

        if (!_streams.TryGetValue(id, out var stream))
        {
            stream = new OutboundStream(id);
            _streams.Add(id, stream);
        }

        return _recent = stream;
    }

    public OutboundStream? Find(ushort id) => _streams.GetValueOrDefault(id);

    /// <summary>Takes a copy of a message.</summary>
    public void Add(OutboundStream stream, uint ppid, ReadOnlySpan<byte> payload, Reliability reliability, long expires)
    {
        var block = pool.Rent(payload.Length);
        payload.CopyTo(block);
        var index = messages.Add(new OutMessage
        {
            Block = block,
            Length = payload.Length,
            Ppid = ppid,
            Stream = stream,
            Reliability = reliability,
            Expires = expires,
        });
        Buffered += payload.Length;
        stream.Buffered += payload.Length;
        if (stream.First == OutMessageTable.None)
        {
            stream.First = stream.Last = index;
            Activate(stream);
        }
        else
        {
            messages[stream.Last].Next = index;
            stream.Last = index;
        }
    }

    /// <summary>The message whose turn it is; <see cref="OutMessageTable.None"/> if there is none. Those that have expired unsent are dropped.</summary>
    public int Next(long now)
    {
        while (_last is { } last)
        {
            var stream = last.NextActive!;
            ref var message = ref messages[stream.First];
            if (message.Expires <= now && message.Cut == 0)
            {
                Drop(stream);
                continue;
            }

            if (IsInterleaved && message.Cut == 0 && _begun > 0 && _begun + message.Length > MaxBegun)
            {
                return Begun();
            }

            return stream.First;
        }

        return OutMessageTable.None;
    }

    /// <summary>Notes that the first bytes of the message whose turn it is were put into a chunk, and gives the next stream its turn when it is due.</summary>
    public void Cut(int index, int length)
    {
        ref var message = ref messages[index];
        var stream = message.Stream;
        if (message.Cut == 0)
        {
            _begun += message.Length;
            message.Number = !message.Reliability.Unordered ? stream.NextNumber++ : IsInterleaved ? stream.NextUnorderedNumber++ : 0;
        }

        message.Cut += length;
        message.Fragments++;
        message.Pending++;
        Buffered -= length;
        stream.Buffered -= length;
        if (message.IsCut)
        {
            _begun -= message.Length;
            Unlink(stream);
        }
        else if (IsInterleaved)
        {
            _last = stream;
        }
    }

    /// <summary>Gives up what has not been cut of a message, of which a part was sent.</summary>
    public void Abandon(int index)
    {
        ref var message = ref messages[index];
        message.IsAbandoned = true;
        if (message.IsCut)
        {
            return;
        }

        var rest = message.Length - message.Cut;
        Buffered -= rest;
        message.Stream.Buffered -= rest;
        _begun -= message.Length;
        message.Cut = message.Length;
        Unlink(message.Stream);
    }

    /// <summary>Notes that a chunk of a message needs no memory any more.</summary>
    public void Release(int index)
    {
        ref var message = ref messages[index];
        if (--message.Pending == 0 && message.IsCut)
        {
            pool.Return(message.Block);
            messages.Remove(index);
        }
    }

    /// <summary>A stream begins anew, or is not used any more.</summary>
    public void Remove(ushort id)
    {
        _streams.Remove(id);
        _recent = null;
    }

    public void Clear()
    {
        _streams.Clear();
        _recent = _last = null;
        _begun = 0;
        Buffered = 0;
    }

    private void Activate(OutboundStream stream)
    {
        stream.NextActive = _last?.NextActive ?? stream;
        if (_last is not null)
        {
            _last.NextActive = stream;
        }

        _last = stream;
    }

    /// <summary>Turns the ring to a stream whose message was begun already.</summary>
    private int Begun()
    {
        for (var before = _last!; ; before = before.NextActive!)
        {
            var first = before.NextActive!.First;
            if (messages[first].Cut > 0)
            {
                _last = before;
                return first;
            }
        }
    }

    private void Drop(OutboundStream stream)
    {
        var index = stream.First;
        var length = messages[index].Length;
        Buffered -= length;
        stream.Buffered -= length;
        pool.Return(messages[index].Block);
        Unlink(stream);
        messages.Remove(index);
    }

    /// <summary>Takes the first message out of a stream, and the stream out of the ring if it was the last, or else to the ring's end.</summary>
    private void Unlink(OutboundStream stream)
    {
        stream.First = messages[stream.First].Next;
        var before = _last!;
        while (before.NextActive != stream)
        {
            before = before.NextActive!;
        }

        if (stream.First != OutMessageTable.None)
        {
            _last = before == _last ? stream : _last;
            return;
        }

        stream.Last = OutMessageTable.None;
        before.NextActive = stream.NextActive;
        _last = before == stream ? null : _last == stream ? before : _last;
        stream.NextActive = null;
    }
}
