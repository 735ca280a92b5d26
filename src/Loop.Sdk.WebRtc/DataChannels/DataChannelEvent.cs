using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>Something that a set of channels tells.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Channel">To which channel; null where it concerns all.</param>
/// <param name="Message">The message, of messages.</param>
/// <param name="MessageKind">Whether the message is text, of messages.</param>
/// <param name="Reason">Why the association ended, of the end.</param>
internal readonly record struct DataChannelEvent(
    DataChannelEventKind Kind,
    DataChannel? Channel = null,
    ReceivedMessage Message = default,
    DataMessageKind MessageKind = DataMessageKind.Binary,
    SctpEndReason Reason = SctpEndReason.None);
