using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A message that waits for its reader.</summary>
internal readonly record struct InboxMessage(ReceivedMessage Message, DataMessageKind Kind);
