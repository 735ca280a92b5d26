namespace Loop.Bench.Load.Client;

/// <summary>The same small, jittered delays for every target that reconnects.</summary>
internal static class RetryDelays
{
    private const int FirstMilliseconds = 100;
    private const int NextMilliseconds = 300;

    public static TimeSpan Next(long previousAttempts) => TimeSpan.FromMilliseconds(
        previousAttempts == 0 ? Random.Shared.Next(FirstMilliseconds) : Random.Shared.Next(FirstMilliseconds, NextMilliseconds));
}
