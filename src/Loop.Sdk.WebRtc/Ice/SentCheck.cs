using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>A check that may still be answered.</summary>
internal readonly record struct SentCheck(TransactionId Id, IceRole Role, bool IsNomination);
