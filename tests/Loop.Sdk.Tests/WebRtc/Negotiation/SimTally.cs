namespace Loop.Sdk.WebRtc.Negotiation;

internal sealed record SimTally(int Opened, int Rejoins);
