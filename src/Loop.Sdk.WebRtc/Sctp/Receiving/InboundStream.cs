namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A stream of the peer.</summary>
internal sealed class InboundStream(ushort id)
{
    /// <summary>The message that comes in order.</summary>
    public Assembly Ordered;

    /// <summary>The message that comes out of order, but whose fragments come in theirs.</summary>
    public Assembly Unordered;

    public FragmentList OrderedWaiting = new();
    public FragmentList UnorderedWaiting = new();

    public ushort Id { get; } = id;

    /// <summary>The number of the ordered message that is handed out next.</summary>
    public uint NextNumber { get; set; }

    /// <summary>The size of the last message of several fragments: the next one likely is as large.</summary>
    public int LastSize { get; set; }
}
