namespace Loop.Sdk.WebRtc;

/// <summary>A description of one end of a connection.</summary>
/// <param name="Type">Offer or answer.</param>
/// <param name="Sdp">The description (RFC 8866). It has credentials in it.</param>
public sealed record SessionDescription(SdpType Type, string Sdp)
{
    /// <summary>Its type and size, since the text has credentials in it.</summary>
    public override string ToString() => $"{Type}, {Sdp.Length} characters";
}
