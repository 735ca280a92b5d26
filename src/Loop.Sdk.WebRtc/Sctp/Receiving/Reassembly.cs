namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>
/// Makes messages of fragments and hands them out in order. A fragment that comes in its turn is copied once, into its message; others wait in memory of their own. All memory, that of
/// messages not returned included, is counted at its real size, and bounded.
/// </summary>
internal sealed class Reassembly(SctpSettings settings, BlockPool pool, EventQueue<SctpEvent> events)
{
    /// <summary>What a block costs beside its bytes.</summary>
    private const int Overhead = 64;

    private readonly Dictionary<ushort, InboundStream> _streams = [];
    private readonly FragmentTable _fragments = new();
    private InboundStream? _recent;
    private long _held;
    private long _spare;
    private long _handedOut;

    /// <summary>Whether the peer interleaves.</summary>
    public bool IsInterleaved { get; set; }

    /// <summary>What the peer may send.</summary>
    public uint Window => (uint)Math.Max(0, settings.ReceiveBuffer - Used);

    /// <summary>Whether a fragment can be held. One that fills the first gap gets more room than others, since it may be what everything waits for.</summary>
    public bool HasRoom(bool fillsGap) => Used < (fillsGap ? 2L : 1L) * settings.ReceiveBuffer;

    /// <summary>Whether all room is taken by what can never be read, as nothing that could be read is left.</summary>
    public bool IsStuck => _handedOut == 0 && !HasRoom(fillsGap: true);

    /// <summary>Takes a fragment that is new.</summary>
    public SctpEndReason Add(in DataChunk data)
    {
        var stream = Find(data.Stream);
        if (stream is null)
        {
            return SctpEndReason.OutOfResources;
        }

        return data.IsUnordered ? AddUnordered(stream, data) : AddOrdered(stream, data);
    }

    /// <summary>The peer has given up the ordered messages of a stream up to one.</summary>
    public SctpEndReason SkipOrdered(ushort id, uint number)
    {
        if (Find(id) is not { } stream)
        {
            return SctpEndReason.OutOfResources;
        }

        number = IsInterleaved ? number : SerialNumber.Widen((ushort)number, stream.NextNumber);
        if (SerialNumber.IsAfter(stream.NextNumber, number))
        {
            return SctpEndReason.None;
        }

        Drop(ref stream.Ordered);
        while (!stream.OrderedWaiting.IsEmpty && SerialNumber.IsAtOrBefore(_fragments[stream.OrderedWaiting.First].Number, number))
        {
            Drop(ref stream.OrderedWaiting, stream.OrderedWaiting.First);
        }

        stream.NextNumber = number + 1;
        return DrainOrdered(stream);
    }

    /// <summary>The peer has given up an interleaved unordered message.</summary>
    public void SkipUnordered(ushort id, uint number)
    {
        if (!_streams.TryGetValue(id, out var stream))
        {
            return;
        }

        if (stream.Unordered.IsActive && SerialNumber.IsAtOrBefore(stream.Unordered.Number, number))
        {
            Drop(ref stream.Unordered);
        }

        while (!stream.UnorderedWaiting.IsEmpty && SerialNumber.IsAtOrBefore(_fragments[stream.UnorderedWaiting.First].Number, number))
        {
            Drop(ref stream.UnorderedWaiting, stream.UnorderedWaiting.First);
        }
    }

    /// <summary>The peer has given up all that has not come up to a TSN: what came of unordered messages and is not whole never will be. Without interleaving only.</summary>
    public void SkipUnordered(uint tsn)
    {
        foreach (var stream in _streams.Values)
        {
            if (stream.Unordered.IsActive && SerialNumber.IsAtOrBefore(stream.Unordered.Next, tsn))
            {
                Drop(ref stream.Unordered);
            }

            while (!stream.UnorderedWaiting.IsEmpty && SerialNumber.IsAtOrBefore(_fragments[stream.UnorderedWaiting.First].Tsn, tsn))
            {
                Drop(ref stream.UnorderedWaiting, stream.UnorderedWaiting.First);
            }
        }
    }

    /// <summary>A stream begins anew.</summary>
    public void Reset(ushort id)
    {
        if (_streams.Remove(id, out var stream))
        {
            Clear(stream);
        }

        _recent = null;
    }

    /// <summary>Everything begins anew, but for what was handed out.</summary>
    public void Reset()
    {
        foreach (var stream in _streams.Values)
        {
            Clear(stream);
        }

        _streams.Clear();
        _recent = null;
    }

    /// <summary>The streams in use.</summary>
    public IEnumerable<ushort> Streams => _streams.Keys;

    public void Return(in ReceivedMessage message)
    {
        _handedOut -= Cost(message.Block);
        Free(message.Block);
    }

    /// <summary>What is held, without what messages in the making may still grow into: otherwise one as large as the window would close it.</summary>
    private long Used => _held - _spare;

    private static long Cost(byte[] block) => block.Length + Overhead;

    private static bool Continues(in Assembly assembly, in DataChunk data) =>
        assembly.IsActive && !data.IsBegin && data.Number == assembly.Number && data.Position == assembly.Next;

    private InboundStream? Find(ushort id)
    {
        if (_recent is { } recent && recent.Id == id)
        {
            return recent;
        }

        if (!_streams.TryGetValue(id, out var stream))
        {
            if (_streams.Count == settings.MaxStreams)
            {
                return null;
            }

            stream = new InboundStream(id);
            _streams.Add(id, stream);
        }

        return _recent = stream;
    }

    private SctpEndReason AddOrdered(InboundStream stream, in DataChunk data)
    {
        var number = IsInterleaved ? data.Number : SerialNumber.Widen((ushort)data.Number, stream.NextNumber);
        ref var assembly = ref stream.Ordered;
        if (number != stream.NextNumber || (assembly.IsActive ? data.Position != assembly.Next : !data.IsBegin))
        {
            // One of a message that was handed out or given up belongs to nothing.
            return SerialNumber.IsAfter(stream.NextNumber, number) ? SctpEndReason.None : Hold(ref stream.OrderedWaiting, data, number, out _);
        }

        if (assembly.IsActive && data.IsBegin)
        {
            return SctpEndReason.ProtocolViolation;
        }

        var end = Append(stream, ref assembly, data.Payload, data.Flags, number, data.Position, data.Ppid);
        if (end == SctpEndReason.None && !assembly.IsActive)
        {
            stream.NextNumber++;
        }

        return end == SctpEndReason.None && !stream.OrderedWaiting.IsEmpty ? DrainOrdered(stream) : end;
    }

    private SctpEndReason DrainOrdered(InboundStream stream)
    {
        while (!stream.OrderedWaiting.IsEmpty)
        {
            var index = stream.OrderedWaiting.First;
            ref var fragment = ref _fragments[index];
            if (fragment.Number != stream.NextNumber || (stream.Ordered.IsActive ? fragment.Position != stream.Ordered.Next : !fragment.IsBegin))
            {
                break;
            }

            if (stream.Ordered.IsActive && fragment.IsBegin)
            {
                return SctpEndReason.ProtocolViolation;
            }

            var end = Append(stream, ref stream.Ordered, index);
            Drop(ref stream.OrderedWaiting, index);
            if (end != SctpEndReason.None)
            {
                return end;
            }

            if (!stream.Ordered.IsActive)
            {
                stream.NextNumber++;
            }
        }

        return SctpEndReason.None;
    }

    private SctpEndReason AddUnordered(InboundStream stream, in DataChunk data)
    {
        ref var assembly = ref stream.Unordered;
        if (data.IsBegin && data.IsEnd)
        {
            var whole = default(Assembly);
            return Append(stream, ref whole, data.Payload, data.Flags, data.Number, data.Position, data.Ppid);
        }

        if ((data.IsBegin && !assembly.IsActive) || Continues(assembly, data))
        {
            var end = Append(stream, ref assembly, data.Payload, data.Flags, data.Number, data.Position, data.Ppid);
            return end == SctpEndReason.None && assembly.IsActive && !stream.UnorderedWaiting.IsEmpty ? DrainUnordered(stream) : end;
        }

        var held = Hold(ref stream.UnorderedWaiting, data, data.Number, out var index);
        return index == FragmentTable.None ? held : JoinUnordered(stream, index);
    }

    /// <summary>Goes on with the unordered message in the making, with fragments that wait.</summary>
    private SctpEndReason DrainUnordered(InboundStream stream)
    {
        var index = stream.UnorderedWaiting.First;
        while (index != FragmentTable.None && stream.Unordered.IsActive)
        {
            ref var fragment = ref _fragments[index];
            var distance = fragment.CompareTo(stream.Unordered.Number, stream.Unordered.Next);
            var next = fragment.Next;
            if (distance > 0 || (distance == 0 && fragment.IsBegin))
            {
                break;
            }

            if (distance == 0)
            {
                var end = Append(stream, ref stream.Unordered, index);
                Drop(ref stream.UnorderedWaiting, index);
                if (end != SctpEndReason.None)
                {
                    return end;
                }
            }

            index = next;
        }

        return SctpEndReason.None;
    }

    /// <summary>Hands out the unordered message around a fragment, if all of it is there.</summary>
    private SctpEndReason JoinUnordered(InboundStream stream, int index)
    {
        var first = index;
        while (!_fragments[first].IsBegin)
        {
            var previous = _fragments[first].Previous;
            if (previous == FragmentTable.None || _fragments[previous].IsEnd || !Follows(previous, first))
            {
                return SctpEndReason.None;
            }

            first = previous;
        }

        for (var last = first; !_fragments[last].IsEnd;)
        {
            var next = _fragments[last].Next;
            if (next == FragmentTable.None || _fragments[next].IsBegin || !Follows(last, next))
            {
                return SctpEndReason.None;
            }

            last = next;
        }

        var whole = default(Assembly);
        do
        {
            var next = _fragments[first].Next;
            var end = Append(stream, ref whole, first);
            Drop(ref stream.UnorderedWaiting, first);
            if (end != SctpEndReason.None)
            {
                return end;
            }

            first = next;
        }
        while (whole.IsActive);

        return SctpEndReason.None;
    }

    private bool Follows(int index, int next) => _fragments[next].CompareTo(_fragments[index].Number, _fragments[index].Position + 1) == 0;

    private SctpEndReason Append(InboundStream stream, ref Assembly assembly, int index)
    {
        ref var fragment = ref _fragments[index];
        return Append(stream, ref assembly, fragment.Block.AsSpan(0, fragment.Length), fragment.Flags, fragment.Number, fragment.Position, fragment.Ppid);
    }

    /// <summary>Puts a fragment into a message, and hands the message out if that was the last.</summary>
    private SctpEndReason Append(InboundStream stream, ref Assembly assembly, ReadOnlySpan<byte> payload, byte flags, uint number, uint position, uint ppid)
    {
        var length = assembly.Length + payload.Length;
        if (length > settings.MaxMessageSize)
        {
            Drop(ref assembly);
            return SctpEndReason.MessageTooLarge;
        }

        var isEnd = (flags & ChunkFlags.End) != 0;
        if (assembly.Block is null)
        {
            assembly.Block = Take(isEnd ? length : Guess(stream, length));
            _spare += assembly.Block.Length;
            assembly.Number = number;
            assembly.Ppid = ppid;
        }
        else if (length > assembly.Block.Length)
        {
            var larger = Take(Math.Min(Math.Max(length, 2 * assembly.Block.Length), Math.Max(length, settings.MaxMessageSize)));
            assembly.Block.AsSpan(0, assembly.Length).CopyTo(larger);
            _spare += larger.Length - assembly.Block.Length;
            Free(assembly.Block);
            assembly.Block = larger;
        }

        payload.CopyTo(assembly.Block.AsSpan(assembly.Length));
        _spare -= payload.Length;
        assembly.Length = length;
        assembly.Next = position + 1;
        if (!isEnd)
        {
            return SctpEndReason.None;
        }

        if ((flags & ChunkFlags.Begin) == 0)
        {
            stream.LastSize = length;
        }

        _spare -= assembly.Block.Length - length;
        _handedOut += Cost(assembly.Block);
        events.Add(new SctpEvent(SctpEventKind.Message, stream.Id, new ReceivedMessage(assembly.Block, length, assembly.Ppid)));
        assembly = default;
        return SctpEndReason.None;
    }

    /// <summary>How long a message will be that has begun: as long as the last one. Much is not taken for a guess unless there is plenty, for a peer could begin a message on every stream.</summary>
    private int Guess(InboundStream stream, int length)
    {
        var last = stream.LastSize;
        return last >= length && (last <= 2 * length || _held < settings.ReceiveBuffer / 2) ? last : 2 * length;
    }

    private SctpEndReason Hold(ref FragmentList list, in DataChunk data, uint number, out int index)
    {
        var block = Take(data.Payload.Length);
        data.Payload.CopyTo(block);
        index = _fragments.Insert(ref list, new Fragment
        {
            Block = block,
            Length = data.Payload.Length,
            Number = number,
            Position = data.Position,
            Tsn = data.Tsn,
            Ppid = data.Ppid,
            Flags = data.Flags,
        });
        if (index == FragmentTable.None)
        {
            Free(block);
        }

        return SctpEndReason.None;
    }

    private void Clear(InboundStream stream)
    {
        Drop(ref stream.Ordered);
        Drop(ref stream.Unordered);
        while (!stream.OrderedWaiting.IsEmpty)
        {
            Drop(ref stream.OrderedWaiting, stream.OrderedWaiting.First);
        }

        while (!stream.UnorderedWaiting.IsEmpty)
        {
            Drop(ref stream.UnorderedWaiting, stream.UnorderedWaiting.First);
        }
    }

    private void Drop(ref FragmentList list, int index)
    {
        Free(_fragments[index].Block);
        _fragments.Remove(ref list, index);
    }

    private void Drop(ref Assembly assembly)
    {
        if (assembly.Block is { } block)
        {
            _spare -= block.Length - assembly.Length;
            Free(block);
            assembly = default;
        }
    }

    private byte[] Take(int length)
    {
        var block = pool.Rent(length);
        _held += Cost(block);
        return block;
    }

    private void Free(byte[] block)
    {
        _held -= Cost(block);
        pool.Return(block);
    }
}
