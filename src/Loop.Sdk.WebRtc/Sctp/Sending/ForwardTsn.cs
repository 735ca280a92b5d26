using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Tells the peer to go on without what was given up (RFC 3758, and RFC 8260 where messages are interleaved).</summary>
internal sealed class ForwardTsn(SentRing sent, OutMessageTable messages)
{
    private const int MaxSkipped = 64;

    private uint _advanced;
    private uint _told;

    public bool IsInterleaved { get; set; }

    /// <summary>Whether the peer is to be told.</summary>
    public bool IsDue { get; private set; }

    public void Reset(uint cumulative)
    {
        _advanced = _told = cumulative;
        IsDue = false;
    }

    /// <summary>Finds how far the peer may go on: what is under way of messages given up is not waited for.</summary>
    public void Advance()
    {
        if (!SerialNumber.IsAfter(_advanced, sent.Cumulative))
        {
            _advanced = sent.Cumulative;
            IsDue = false;
        }
        else if (_told == sent.Cumulative)
        {
            // Not everything fitted into the last one.
            IsDue = true;
        }

        while (_advanced + 1 != sent.Next && messages[sent[_advanced + 1].Message].IsAbandoned)
        {
            _advanced++;
            IsDue = true;
            if (sent[_advanced].State != SentState.Acknowledged)
            {
                sent.Move(_advanced, SentState.Abandoned);
            }
        }
    }

    /// <summary>It may have been lost.</summary>
    public void Repeat() => IsDue = _advanced != sent.Cumulative;

    /// <summary>Writes it, if there is room: as far as what is skipped can be told in it.</summary>
    public bool TryWrite(ref PacketWriter packet)
    {
        var bytes = packet.Room - Chunk.HeaderSize - sizeof(uint);
        if (bytes < 0)
        {
            return false;
        }

        Span<Skip> skips = stackalloc Skip[MaxSkipped];
        var size = IsInterleaved ? 8 : 4;
        var room = Math.Min(bytes / size, MaxSkipped);
        var count = 0;
        var last = sent.Cumulative;
        while (last != _advanced && TryAdd(skips[..room], ref count, last + 1))
        {
            last++;
        }

        if (last == sent.Cumulative)
        {
            return false;
        }

        _told = last;
        var value = packet.Add(IsInterleaved ? ChunkType.IForwardTsn : ChunkType.ForwardTsn, 0, sizeof(uint) + (size * count));
        BinaryPrimitives.WriteUInt32BigEndian(value, last);
        value = value[sizeof(uint)..];
        foreach (var skip in skips[..count])
        {
            BinaryPrimitives.WriteUInt16BigEndian(value, skip.Stream);
            if (IsInterleaved)
            {
                BinaryPrimitives.WriteUInt16BigEndian(value[2..], skip.Unordered ? (ushort)1 : (ushort)0);
                BinaryPrimitives.WriteUInt32BigEndian(value[4..], skip.Number);
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)skip.Number);
            }

            value = value[size..];
        }

        IsDue = false;
        return true;
    }

    private bool TryAdd(Span<Skip> skips, ref int count, uint tsn)
    {
        ref var message = ref messages[sent[tsn].Message];
        if (message.Reliability.Unordered && !IsInterleaved)
        {
            return true;
        }

        var skip = new Skip(message.Stream.Id, message.Reliability.Unordered, message.Number);
        for (var index = 0; index < count; index++)
        {
            if (skips[index].Stream == skip.Stream && skips[index].Unordered == skip.Unordered)
            {
                skips[index] = skip;
                return true;
            }
        }

        if (count == skips.Length)
        {
            return false;
        }

        skips[count++] = skip;
        return true;
    }

    private readonly record struct Skip(ushort Stream, bool Unordered, uint Number);
}
