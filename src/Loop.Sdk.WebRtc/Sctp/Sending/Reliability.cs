namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>How a message is sent: in order or not, and when to give it up (RFC 3758). At most one limit is set.</summary>
/// <param name="Unordered">Whether it may overtake others of its stream.</param>
/// <param name="MaxRetransmits">How often it is sent again; negative for no limit.</param>
/// <param name="Lifetime">For how long, in microseconds, it is sent at all; negative for no limit.</param>
internal readonly record struct Reliability(bool Unordered, int MaxRetransmits, long Lifetime)
{
    public static Reliability Ordered { get; } = new(false, -1, -1);

    public static Reliability UnorderedReliable { get; } = new(true, -1, -1);
}
