namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>A data channel of a <see cref="DataChannelSet"/>, which changes it.</summary>
internal sealed class DataChannel(string label, DataChannelOptions options)
{
    /// <summary>The name it was made with.</summary>
    public string Label { get; } = label;

    /// <summary>How it was made.</summary>
    public DataChannelOptions Options { get; } = options;

    /// <summary>The stream; null while there is none.</summary>
    public int? Id { get; internal set; }

    /// <summary>Where it stands.</summary>
    public DataChannelState State { get; internal set; }

    /// <summary>The owner's own.</summary>
    public object? Owner { get; set; }

    /// <summary>Whether the peer has not said yet that it knows the channel: until then everything goes in order, after what opens it.</summary>
    internal bool AwaitsAck { get; set; }

    /// <summary>Whether the peer's stream was reset.</summary>
    internal bool IsIncomingReset { get; set; }

    /// <summary>Whether this end's stream was reset.</summary>
    internal bool IsOutgoingReset { get; set; }
}
