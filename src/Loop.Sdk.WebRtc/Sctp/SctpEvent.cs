namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Something that an association tells.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Stream">To which stream, of messages and resets.</param>
/// <param name="Message">The message, of messages.</param>
/// <param name="Reason">Why it ended, of the end.</param>
internal readonly record struct SctpEvent(SctpEventKind Kind, ushort Stream = 0, ReceivedMessage Message = default, SctpEndReason Reason = SctpEndReason.None);
