namespace Loop.Sdk.WebRtc;

/// <summary>An address at which an end may be reached.</summary>
/// <param name="Candidate">The <c>candidate:…</c> attribute (RFC 8839, section 5.1); empty: there are no more.</param>
/// <param name="SdpMid">The media section that it belongs to; null if <paramref name="SdpMLineIndex"/> says it, or if there is only one.</param>
/// <param name="SdpMLineIndex">The same as an index.</param>
/// <param name="UsernameFragment">The description that it belongs to; null for the newest.</param>
public sealed record IceCandidate(string Candidate, string? SdpMid = null, int? SdpMLineIndex = null, string? UsernameFragment = null);
