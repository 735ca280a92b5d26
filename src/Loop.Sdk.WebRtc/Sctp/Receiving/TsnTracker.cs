using System.Buffers.Binary;
using System.Numerics;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Which TSNs have come: all up to <see cref="Cumulative"/>, and beyond it those in a ring of bits.</summary>
internal sealed class TsnTracker
{
    /// <summary>How far beyond the first gap a TSN may be; acknowledgements can tell of 65 535.</summary>
    public const int Window = 32_768;

    private const int MaxDuplicates = 16;
    private const int WordBits = 64;

    private readonly ulong[] _bits = new ulong[Window / WordBits];
    private readonly uint[] _duplicates = new uint[MaxDuplicates];
    private int _duplicateCount;

    /// <summary>Everything up to this one has come.</summary>
    public uint Cumulative { get; private set; }

    /// <summary>The highest that has come.</summary>
    public uint Highest { get; private set; }

    public bool HasGap => Highest != Cumulative;

    public void Reset(uint initialTsn)
    {
        Cumulative = Highest = initialTsn - 1;
        Array.Clear(_bits);
        _duplicateCount = 0;
    }

    /// <summary>Whether it has not come yet and is not too far ahead.</summary>
    public bool IsNew(uint tsn)
    {
        var ahead = SerialNumber.Distance(tsn, Cumulative);
        return ahead > 0 && ahead < Window && (SerialNumber.IsAfter(tsn, Highest) || !Has(tsn));
    }

    /// <summary>Notes one that is new.</summary>
    public void Add(uint tsn)
    {
        if (tsn == Cumulative + 1)
        {
            Cumulative = tsn;
            if (Highest == tsn - 1)
            {
                Highest = tsn;
                return;
            }

            Advance();
            return;
        }

        Bit(tsn) |= Mask(tsn);
        Highest = SerialNumber.IsAfter(tsn, Highest) ? tsn : Highest;
    }

    /// <summary>Notes one that came again, for the next acknowledgement.</summary>
    public void AddDuplicate(uint tsn)
    {
        if (_duplicateCount < MaxDuplicates && SerialNumber.IsAtOrBefore(tsn, Highest))
        {
            _duplicates[_duplicateCount++] = tsn;
        }
    }

    /// <summary>The peer has given up everything up to <paramref name="tsn"/>, which is not too far ahead.</summary>
    public void Forward(uint tsn)
    {
        while (SerialNumber.IsAfter(tsn, Cumulative))
        {
            Cumulative++;
            Bit(Cumulative) &= ~Mask(Cumulative);
        }

        Highest = SerialNumber.IsAfter(tsn, Highest) ? tsn : Highest;
        Advance();
    }

    /// <summary>Writes a SACK if there is room for one without gaps; as many gaps as fit.</summary>
    public bool TryWrite(ref PacketWriter packet, uint window)
    {
        const int fixedSize = 12;
        var room = packet.Room - Chunk.HeaderSize - fixedSize;
        if (room < 0)
        {
            return false;
        }

        Span<uint> blocks = stackalloc uint[Math.Min(room / sizeof(uint), 256)];
        var count = HasGap ? FindBlocks(blocks) : 0;
        var duplicates = Math.Min(_duplicateCount, blocks.Length - count);
        var value = packet.Add(ChunkType.Sack, 0, fixedSize + (sizeof(uint) * (count + duplicates)));
        BinaryPrimitives.WriteUInt32BigEndian(value, Cumulative);
        BinaryPrimitives.WriteUInt32BigEndian(value[4..], window);
        BinaryPrimitives.WriteUInt16BigEndian(value[8..], (ushort)count);
        BinaryPrimitives.WriteUInt16BigEndian(value[10..], (ushort)duplicates);
        value = value[fixedSize..];
        for (var index = 0; index < count; index++, value = value[sizeof(uint)..])
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, blocks[index]);
        }

        for (var index = 0; index < duplicates; index++, value = value[sizeof(uint)..])
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, _duplicates[index]);
        }

        _duplicateCount = 0;
        return true;
    }

    private static ulong Mask(uint tsn) => 1UL << (int)(tsn % WordBits);

    private ref ulong Bit(uint tsn) => ref _bits[tsn % Window / WordBits];

    private bool Has(uint tsn) => (Bit(tsn) & Mask(tsn)) != 0;

    private void Advance()
    {
        while (Cumulative != Highest && Has(Cumulative + 1))
        {
            Cumulative++;
            Bit(Cumulative) &= ~Mask(Cumulative);
        }
    }

    /// <summary>Finds runs of ones; each as its first and last offset from <see cref="Cumulative"/>, 16 bits each.</summary>
    private int FindBlocks(Span<uint> blocks)
    {
        var count = 0;
        var last = (uint)SerialNumber.Distance(Highest, Cumulative);
        var offset = 2u;
        while (count < blocks.Length && (offset = Run(offset, last, ones: false)) <= last)
        {
            var end = Run(offset, last, ones: true);
            blocks[count++] = (offset << 16) | (end - 1);
            offset = end;
        }

        return count;
    }

    /// <summary>The first offset from <paramref name="offset"/> on that ends a run of ones, or of zeros; or the one after the last.</summary>
    private uint Run(uint offset, uint last, bool ones)
    {
        while (offset <= last)
        {
            var tsn = Cumulative + offset;
            var word = (ones ? ~Bit(tsn) : Bit(tsn)) >> (int)(tsn % WordBits);
            if (word != 0)
            {
                return Math.Min(offset + (uint)BitOperations.TrailingZeroCount(word), last + 1);
            }

            offset += WordBits - (tsn % WordBits);
        }

        return last + 1;
    }
}
