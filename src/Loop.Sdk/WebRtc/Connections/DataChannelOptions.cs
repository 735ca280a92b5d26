namespace Loop.Sdk.WebRtc;

/// <summary>How a data channel is to be (RFC 8831, section 6.1). At most one of <see cref="MaxRetransmits"/> and <see cref="MaxPacketLifetime"/> may be set.</summary>
public sealed record DataChannelOptions
{
    /// <summary>Whether messages arrive in order. True by default.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>How often a message is sent again, 0 to 65 535; null for no limit.</summary>
    public int? MaxRetransmits { get; init; }

    /// <summary>How long a message is sent again, 0 to 65 535 ms in whole milliseconds; null for no limit.</summary>
    public TimeSpan? MaxPacketLifetime { get; init; }

    /// <summary>The application's protocol, at most 65 535 bytes as UTF-8.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>The stream, 0 to 65 534, if both ends make the channel with the same id, without telling each other; null if the peer is to be told of it.</summary>
    public int? NegotiatedId { get; init; }
}
