using System.Globalization;

namespace Loop.Bench.Load.Client;

/// <summary>How long a workload runs before it is measured, and while it is.</summary>
internal sealed record RunTimes(TimeSpan Warmup, TimeSpan Measured)
{
    public static RunTimes Parse(string warmupSeconds, string measuredSeconds) => new(
        TimeSpan.FromSeconds(double.Parse(warmupSeconds, CultureInfo.InvariantCulture)),
        TimeSpan.FromSeconds(double.Parse(measuredSeconds, CultureInfo.InvariantCulture)));

    public string[] ToArguments() =>
    [
        Warmup.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        Measured.TotalSeconds.ToString(CultureInfo.InvariantCulture),
    ];
}
