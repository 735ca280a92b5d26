namespace Loop.Sdk.WebRtc;

/// <summary>What may not hold up what. On a connection each is a data channel, with this as its negotiated id.</summary>
internal enum Lane
{
    /// <summary>Messages, in order.</summary>
    Control = 0,

    /// <summary>Pieces of files.</summary>
    Bulk = 1,
}
