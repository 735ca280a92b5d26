namespace Loop.Sdk.Server;

/// <summary>How often something may happen.</summary>
/// <param name="PerSecond">How often in the long run, per second: 0.001 to 1 000 000 000.</param>
/// <param name="Burst">How often at once, after a pause: at least 1.</param>
public sealed record RateLimit(double PerSecond, int Burst);
