namespace Loop.Sdk.WebRtc;

/// <summary>What a message is to the peer.</summary>
public enum DataMessageKind
{
    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>Text: UTF-8.</summary>
    Text,
}
