namespace Loop.Sdk.WebRtc;

/// <summary>The connection wants to offer something: call <see cref="IPeerConnection.SetLocalDescriptionAsync"/>.</summary>
public sealed record NegotiationNeeded : PeerSignal;
