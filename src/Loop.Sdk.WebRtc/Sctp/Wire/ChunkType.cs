namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Types of chunks. Of unknown ones, the two high bits say what to do: go on or stop, and whether to report it.</summary>
internal static class ChunkType
{
    public const byte Data = 0;
    public const byte Init = 1;
    public const byte InitAck = 2;
    public const byte Sack = 3;
    public const byte Heartbeat = 4;
    public const byte HeartbeatAck = 5;
    public const byte Abort = 6;
    public const byte Shutdown = 7;
    public const byte ShutdownAck = 8;
    public const byte Error = 9;
    public const byte CookieEcho = 10;
    public const byte CookieAck = 11;
    public const byte ShutdownComplete = 14;
    public const byte IData = 64;
    public const byte ReConfig = 130;
    public const byte Pad = 132;
    public const byte ForwardTsn = 192;
    public const byte IForwardTsn = 194;

    private const byte Skip = 0x80;
    private const byte Report = 0x40;

    public static bool IsSkipped(byte type) => (type & Skip) != 0;

    public static bool IsReported(byte type) => (type & Report) != 0;
}
