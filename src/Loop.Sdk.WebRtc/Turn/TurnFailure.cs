namespace Loop.Sdk.WebRtc.Turn;

/// <summary>Why there is no allocation.</summary>
internal enum TurnFailure
{
    None,

    /// <summary>The server does not answer.</summary>
    NoAnswer,

    /// <summary>The user name or password is wrong, or has expired (401, 441).</summary>
    Unauthorized,

    /// <summary>The server will not do this (403).</summary>
    Forbidden,

    /// <summary>Another server is to be asked (300): <see cref="TurnAllocation.Alternate"/>.</summary>
    TryAlternate,

    /// <summary>The server knows another allocation of the same socket, or no longer knows this one (437).</summary>
    Mismatch,

    /// <summary>The server has no addresses of the family (440).</summary>
    AddressFamily,

    /// <summary>The server relays no UDP (442).</summary>
    Transport,

    /// <summary>The user has too many allocations (486).</summary>
    Quota,

    /// <summary>The server has no room (508).</summary>
    Capacity,

    /// <summary>Another error of the server: <see cref="TurnAllocation.ErrorCode"/>.</summary>
    Refused,

    /// <summary>What the server sends makes no sense.</summary>
    Malformed,
}
