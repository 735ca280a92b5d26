namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Types of parameters. Of unknown ones, the two high bits say what to do: go on or stop, and whether to report it.</summary>
internal static class ParameterType
{
    public const ushort HeartbeatInfo = 1;
    public const ushort StateCookie = 7;
    public const ushort UnrecognizedParameter = 8;
    public const ushort OutgoingReset = 13;
    public const ushort IncomingReset = 14;
    public const ushort AssociationReset = 15;
    public const ushort ReConfigResponse = 16;
    public const ushort AddOutgoingStreams = 17;
    public const ushort AddIncomingStreams = 18;
    public const ushort ZeroChecksum = 0x8001;
    public const ushort SupportedExtensions = 0x8008;
    public const ushort ForwardTsn = 0xC000;

    private const ushort Skip = 0x8000;
    private const ushort Report = 0x4000;

    public static bool IsSkipped(ushort type) => (type & Skip) != 0;

    public static bool IsReported(ushort type) => (type & Report) != 0;
}
