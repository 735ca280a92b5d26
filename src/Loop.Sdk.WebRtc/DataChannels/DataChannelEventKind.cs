namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>What a set of channels tells.</summary>
internal enum DataChannelEventKind
{
    /// <summary>The association is up.</summary>
    Connected,

    /// <summary>The peer has made a channel; it is open.</summary>
    Incoming,

    /// <summary>A channel of this end is open.</summary>
    Opened,

    /// <summary>A message came. Whoever takes it returns it by <see cref="DataChannelSet.Return"/>.</summary>
    Message,

    /// <summary>A channel is being closed: nothing more can be sent, and nothing more comes.</summary>
    Closing,

    /// <summary>A channel is closed at both ends, or with the association.</summary>
    Closed,

    /// <summary>After a message was refused for lack of room, there is some.</summary>
    Writable,

    /// <summary>The association is over, and every channel was closed before. The last event.</summary>
    Ended,
}
