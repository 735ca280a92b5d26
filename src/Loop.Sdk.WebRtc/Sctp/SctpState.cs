namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>The states of RFC 9260, section 4.</summary>
internal enum SctpState
{
    Closed,
    CookieWait,
    CookieEchoed,
    Established,
    ShutdownPending,
    ShutdownSent,
    ShutdownReceived,
    ShutdownAckSent,
    Ended,
}
