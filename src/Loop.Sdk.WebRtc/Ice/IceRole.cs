namespace Loop.Sdk.WebRtc.Ice;

/// <summary>Who nominates.</summary>
internal enum IceRole
{
    Controlled,
    Controlling,
}
