namespace Loop.Sdk.Feeds;

/// <summary>How long a subscription pauses before it is tried again: longer after every failure in a row, and never the same for everybody.</summary>
internal sealed class RetryPacing(TimeProvider time)
{
    private const int FirstMs = 250;
    private const int LongestMs = 30_000;

    private int _failures;

    /// <summary>Something arrived.</summary>
    public void Succeed() => _failures = 0;

    /// <summary>Pauses after a failure.</summary>
    /// <param name="atOnce">Whether the first failure after a success needs no pause.</param>
    /// <param name="cancellationToken">Ends the pause.</param>
    public Task PauseAsync(bool atOnce, CancellationToken cancellationToken)
    {
        var failures = _failures++;
        if (atOnce && failures == 0)
        {
            return Task.CompletedTask;
        }

        var longest = Math.Min(LongestMs, FirstMs << Math.Min(failures, 10));
#pragma warning disable CA5394 // Spreads load; guards nothing.
        var pause = TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
        return Task.Delay(pause, time, cancellationToken);
    }
}
