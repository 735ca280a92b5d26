using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>What an agent is made with.</summary>
internal sealed record IceSettings
{
    /// <summary>Where transaction ids, the tie-breaker and jitter come from.</summary>
    public required FillRandom Random { get; init; }

    /// <summary>This end's credentials of the first session.</summary>
    public required IceCredentials Credentials { get; init; }

    /// <summary>The role at first: the end that offered first is controlling. A conflict is settled by the agents.</summary>
    public required IceRole Role { get; init; }

    /// <summary>Whether only relayed candidates of this end may be used.</summary>
    public bool IsRelayOnly { get; init; }
}
