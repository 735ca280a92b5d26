namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>What became of a message that was to be sent.</summary>
internal enum SctpSendResult
{
    /// <summary>It was copied and will be sent.</summary>
    Taken,

    /// <summary>Too much waits already: <see cref="SctpEventKind.Writable"/> follows.</summary>
    NoRoom,

    /// <summary>The association is not connected, is ending, or the stream is being reset.</summary>
    NotOpen,
}
