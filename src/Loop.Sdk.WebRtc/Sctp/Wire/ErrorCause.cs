namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Causes in ABORT and ERROR.</summary>
internal static class ErrorCause
{
    public const ushort StaleCookie = 3;
    public const ushort OutOfResource = 4;
    public const ushort UnrecognizedChunk = 6;
    public const ushort InvalidParameter = 7;
    public const ushort NoUserData = 9;
    public const ushort UserAbort = 12;
    public const ushort ProtocolViolation = 13;
}
