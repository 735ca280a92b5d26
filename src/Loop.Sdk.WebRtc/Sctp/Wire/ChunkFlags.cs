namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Flags of chunks: the first four are those of DATA and I-DATA.</summary>
internal static class ChunkFlags
{
    public const byte End = 1;
    public const byte Begin = 2;
    public const byte Unordered = 4;

    /// <summary>The receiver is to acknowledge at once.</summary>
    public const byte Immediate = 8;

    /// <summary>Of ABORT and SHUTDOWN COMPLETE: the tag is the receiver's own reflected one.</summary>
    public const byte TagReflected = 1;
}
