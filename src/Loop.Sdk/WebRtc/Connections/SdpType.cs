namespace Loop.Sdk.WebRtc;

/// <summary>What a description is.</summary>
public enum SdpType
{
    /// <summary>A proposal.</summary>
    Offer,

    /// <summary>The reply to an offer.</summary>
    Answer,
}
