namespace Loop.Sdk.WebRtc;

/// <summary>A message of a typed channel.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="Peer">Who sent it, as they were when it came.</param>
/// <param name="Value">What was sent.</param>
public sealed record MeshMessage<T>(MeshPeer Peer, T Value);
