namespace Loop.Bench.Load.Targets.Bare;

/// <summary>What somebody who joined gets.</summary>
internal sealed record BareJoined(string ApiKey, string SessionId, string SessionToken, int Expires);
