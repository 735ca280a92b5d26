using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>Something that has happened to an agent, as of when it happened.</summary>
/// <param name="Kind">What.</param>
/// <param name="State">The state then.</param>
/// <param name="Path">The path then; none if there was none.</param>
/// <param name="Address">Of <see cref="IceEventKind.PeerReflexiveFound"/>, the address.</param>
internal readonly record struct IceEvent(IceEventKind Kind, IceState State, IcePath Path, TransportAddress Address);
