namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>What a cookie that came back means (RFC 9260, section 5.2.4).</summary>
internal enum CookieVerdict
{
    /// <summary>Nothing.</summary>
    Discard,

    /// <summary>The association is set up.</summary>
    New,

    /// <summary>It was set up by it already.</summary>
    Repeated,

    /// <summary>It is too old.</summary>
    Stale,

    /// <summary>The peer begins anew.</summary>
    Restart,
}
