namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>What became of a message that was to be sent.</summary>
internal enum DataChannelSendResult
{
    /// <summary>It was copied and will be sent.</summary>
    Taken,

    /// <summary>Too much waits already: <see cref="DataChannelEventKind.Writable"/> follows.</summary>
    NoRoom,

    /// <summary>The channel is not open.</summary>
    NotOpen,

    /// <summary>The peer takes no message of this size.</summary>
    TooLarge,
}
