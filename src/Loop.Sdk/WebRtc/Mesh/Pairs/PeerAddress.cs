namespace Loop.Sdk.WebRtc;

/// <summary>Where somebody is found.</summary>
/// <param name="Participation">Their participation in the room.</param>
/// <param name="Member">Their member id.</param>
/// <param name="Instance">Their mesh; empty before it was heard.</param>
internal sealed record PeerAddress(string Participation, string Member, string Instance);
