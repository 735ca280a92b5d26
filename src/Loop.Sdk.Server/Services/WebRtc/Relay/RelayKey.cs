namespace Loop.Sdk.Server.WebRtc;

/// <summary>What one end of a relay is found by.</summary>
internal readonly record struct RelayKey(string Room, string From, string To, string Link)
{
    public RelayKey Opposite => this with { From = To, To = From };
}
