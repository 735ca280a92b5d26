namespace Loop.Sdk.WebRtc;

/// <summary>How long a pair waits for what, in milliseconds.</summary>
internal sealed record PairTiming
{
    public static PairTiming Default { get; } = new();

    /// <summary>The first time that nobody answered a hello; each further one waits twice as long.</summary>
    public long Hello { get; init; } = 5_000;

    public long LongestHello { get; init; } = 300_000;

    /// <summary>How long a connection may take before another attempt begins; each further one may take twice as long.</summary>
    public long Connect { get; init; } = 15_000;

    public long LongestConnect { get; init; } = 120_000;

    /// <summary>How long a silent peer is waited for before new paths are looked for.</summary>
    public long Disconnected { get; init; } = 5_000;

    /// <summary>How much longer the polite end waits, so that not both look for new paths at once.</summary>
    public long Politeness { get; init; } = 2_000;

    /// <summary>The pause after something failed at once.</summary>
    public long Pause { get; init; } = 1_000;
}
