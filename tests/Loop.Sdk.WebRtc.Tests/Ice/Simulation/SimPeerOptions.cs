using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>How one end of a simulation is placed.</summary>
internal sealed record SimPeerOptions
{
    public required IReadOnlyList<TransportAddress> Addresses { get; init; }

    public IceRole Role { get; init; }

    public SimNat? Nat { get; init; }

    public TransportAddress? Stun { get; init; }

    public TransportAddress? Turn { get; init; }

    public string TurnPassword { get; init; } = SimServer.Password;

    public bool IsRelayOnly { get; init; }
}
