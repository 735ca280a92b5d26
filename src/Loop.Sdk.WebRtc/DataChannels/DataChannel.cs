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
}
