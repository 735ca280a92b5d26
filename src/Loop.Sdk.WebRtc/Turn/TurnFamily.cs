namespace Loop.Sdk.WebRtc.Turn;

/// <summary>Which relayed addresses to ask for.</summary>
internal enum TurnFamily
{
    V4,
    V6,

    /// <summary>Both in one allocation (RFC 8656, section 7.2). A server that has only IPv4 gives that.</summary>
    Both,
}
