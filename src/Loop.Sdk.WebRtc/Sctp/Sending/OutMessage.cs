namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A message on its way.</summary>
internal struct OutMessage
{
    public byte[] Block;
    public int Length;

    /// <summary>Bytes that were put into chunks.</summary>
    public int Cut;

    /// <summary>Fragments that were put into chunks.</summary>
    public uint Fragments;

    /// <summary>Chunks that the peer has not acknowledged for good.</summary>
    public int Pending;
    public uint Ppid;

    /// <summary>Its number in the stream, given when the first chunk is cut.</summary>
    public uint Number;
    public OutboundStream Stream;
    public Reliability Reliability;

    /// <summary>When it is given up; <see cref="long.MaxValue"/> for never.</summary>
    public long Expires;

    /// <summary>Whether it was given up after a part of it was sent.</summary>
    public bool IsAbandoned;

    /// <summary>The next of its stream, or of the free ones.</summary>
    public int Next;

    public readonly bool IsCut => Cut == Length;
}
