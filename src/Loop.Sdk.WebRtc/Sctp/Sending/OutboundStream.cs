namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A stream of this end: messages that have not been cut into chunks altogether.</summary>
internal sealed class OutboundStream(ushort id)
{
    public ushort Id { get; } = id;

    public int First { get; set; } = OutMessageTable.None;

    public int Last { get; set; } = OutMessageTable.None;

    /// <summary>Bytes that have not been put into chunks.</summary>
    public long Buffered { get; set; }

    /// <summary>The number of the next ordered message.</summary>
    public uint NextNumber { get; set; }

    /// <summary>The number of the next unordered message, where they have one.</summary>
    public uint NextUnorderedNumber { get; set; }

    /// <summary>The last TSN that was used.</summary>
    public uint LastTsn { get; set; }

    /// <summary>Whether any TSN was used since the stream began.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Whether it takes nothing more, because it is to be reset.</summary>
    public bool IsEnding { get; set; }

    /// <summary>The next of the streams that have messages, which form a ring; null if it has none.</summary>
    public OutboundStream? NextActive { get; set; }
}
