namespace Loop.Sdk.Reconnect;

/// <summary>How long to wait before each attempt to connect. Used by one thread at a time.</summary>
internal sealed class Backoff(ReconnectOptions options, Func<double> random)
{
    /// <summary>The longest wait before the first attempt after a lost connection: enough that a server's clients do not all come in the same moment.</summary>
    public static readonly TimeSpan QuickDelay = TimeSpan.FromMilliseconds(100);

    // A server that takes connections only to drop them gets no more than one quick attempt in this time.
    private const long QuickIntervalMs = 5_000;

    private int _attempt = 1;
    private long _lastQuick;

    /// <summary>A connection that had been welcomed is lost.</summary>
    /// <param name="now">The time in milliseconds.</param>
    public void OnLost(long now)
    {
        if (_lastQuick == 0 || now - _lastQuick >= QuickIntervalMs)
        {
            _lastQuick = now;
            _attempt = 0;
        }
    }

    /// <summary>Gives the wait before the next attempt.</summary>
    /// <param name="hintMs">The time within which the server wants its clients to come back at random, in milliseconds.</param>
    public TimeSpan Next(int hintMs)
    {
        var own = random() * Ceiling(_attempt++).TotalMilliseconds;
        var asked = random() * Math.Max(hintMs, 0);
        return TimeSpan.FromMilliseconds(Math.Max(own, asked));
    }

    private TimeSpan Ceiling(int attempt)
    {
        if (attempt == 0)
        {
            return QuickDelay;
        }

        var grown = options.InitialDelay.TotalMilliseconds * Math.Pow(options.Multiplier, attempt - 1);
        return grown < options.MaxDelay.TotalMilliseconds ? TimeSpan.FromMilliseconds(grown) : options.MaxDelay;
    }
}
