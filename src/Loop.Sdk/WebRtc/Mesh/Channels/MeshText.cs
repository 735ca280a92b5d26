namespace Loop.Sdk.WebRtc;

/// <summary>A message of the chat.</summary>
/// <param name="Peer">Who sent it.</param>
/// <param name="Message">What was sent.</param>
/// <param name="ReceivedAt">When it came, by this client's clock: what to sort by, since senders' clocks differ.</param>
public sealed record MeshText(MeshPeer Peer, TextMessage Message, DateTimeOffset ReceivedAt);
