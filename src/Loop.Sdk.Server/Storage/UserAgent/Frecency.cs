namespace Loop.Sdk.Server.Storage;

/// <summary>
/// How much a place is visited. Each visit counts 1 when it happens, and half as much every 30 days. What is kept is the logarithm of the sum as it was in 1970: time changes all sums by the
/// same factor, so that their order stays, and nothing ever has to be counted again.
/// </summary>
public static class Frecency
{
    private const double HalfLife = 30.0 * 24 * 60 * 60 * 1_000_000;

    /// <summary>That of a place that was never visited.</summary>
    public const double None = 0;

    /// <summary>Counts one more visit.</summary>
    /// <param name="frecency">The frecency before.</param>
    /// <param name="visits">How many visits it counts.</param>
    /// <param name="at">When the visit was, µs since 1970.</param>
    public static double Add(double frecency, long visits, long at)
    {
        var visit = at / HalfLife;
        if (visits == 0)
        {
            return visit;
        }

        var (high, low) = visit > frecency ? (visit, frecency) : (frecency, visit);
        return high + Math.Log2(1 + Math.Pow(2, low - high));
    }

    /// <summary>The score at a time: how many visits of that moment it is worth.</summary>
    /// <param name="frecency">The frecency.</param>
    /// <param name="now">The time, µs since 1970.</param>
    public static double ScoreAt(double frecency, long now) => Math.Pow(2, frecency - (now / HalfLife));
}
