namespace Loop.Sdk.WebRtc;

/// <summary>What somebody's pointer does.</summary>
/// <param name="Peer">Whose it is.</param>
/// <param name="RatioX">Where it is, from the left: 0 to 1 of the shared picture's width.</param>
/// <param name="RatioY">Where it is, from the top: 0 to 1 of the shared picture's height.</param>
/// <param name="IsClick">Whether it clicked there, rather than moved there.</param>
public sealed record CursorEvent(MeshPeer Peer, double RatioX, double RatioY, bool IsClick);
