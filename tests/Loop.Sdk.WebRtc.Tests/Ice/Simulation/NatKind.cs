namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>The four classic kinds, and none.</summary>
internal enum NatKind
{
    None,
    FullCone,
    AddressRestricted,
    PortRestricted,
    Symmetric,
}
