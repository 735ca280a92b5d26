namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A fragment that came before its turn, in a list of its stream in the order in which fragments follow each other.</summary>
internal struct Fragment
{
    public byte[] Block;
    public int Length;
    public uint Number;
    public uint Position;
    public uint Tsn;
    public uint Ppid;
    public byte Flags;
    public int Previous;
    public int Next;

    public readonly bool IsBegin => (Flags & ChunkFlags.Begin) != 0;

    public readonly bool IsEnd => (Flags & ChunkFlags.End) != 0;

    /// <summary>How far this is after a place in the stream.</summary>
    public readonly int CompareTo(uint number, uint position) =>
        Number == number ? SerialNumber.Distance(Position, position) : SerialNumber.Distance(Number, number);
}
