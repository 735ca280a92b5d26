namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A message that comes fragment by fragment, in their order, into memory that grows.</summary>
internal struct Assembly
{
    public byte[]? Block;
    public int Length;
    public uint Number;

    /// <summary>The position of the fragment that comes next.</summary>
    public uint Next;
    public uint Ppid;

    public readonly bool IsActive => Block is not null;
}
