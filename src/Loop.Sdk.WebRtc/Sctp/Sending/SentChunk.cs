namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A chunk that was sent and that the peer has not acknowledged for good.</summary>
internal struct SentChunk
{
    /// <summary>When it was sent last.</summary>
    public long SentAt;

    /// <summary>What had been delivered when it was sent, and when that was.</summary>
    public long Delivered;
    public long DeliveredAt;

    /// <summary>When the first chunk of the flight that it ended was sent.</summary>
    public long FlightBegan;

    /// <summary>The number of the packet that carried it last.</summary>
    public uint Packet;
    public int Message;
    public int Offset;
    public int Length;
    public uint Fragment;

    /// <summary>The TSNs before and after it in its list.</summary>
    public uint Previous;
    public uint Next;
    public int Transmissions;
    public SentState State;
    public byte Flags;

    /// <summary>Whether the sender had nothing more to send then, so that the rate says little.</summary>
    public bool IsAppLimited;
}
