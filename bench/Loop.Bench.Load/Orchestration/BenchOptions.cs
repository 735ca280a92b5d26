using System.Globalization;
using Loop.Bench.Load.Targets;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Orchestration;

/// <summary>What to run: workloads, targets, rounds, and the seconds that each measurement takes.</summary>
internal sealed record BenchOptions(IReadOnlyList<string> Workloads, IReadOnlyList<Target> Targets, int Rounds, double Seconds)
{
    public const string Usage =
        "usage: all | quick | <workload> [targets...] [--rounds N] [--seconds S]";

    private const int QuickWorkloads = 5;
    private const int DefaultRounds = 3;
    private const double DefaultSeconds = 2;

    public static BenchOptions Parse(string[] arguments)
    {
        var names = new List<string>();
        int? rounds = null;
        double? seconds = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--rounds":
                    rounds = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
                    break;
                case "--seconds":
                    seconds = double.Parse(arguments[++i], CultureInfo.InvariantCulture);
                    break;
                default:
                    names.Add(arguments[i]);
                    break;
            }
        }

        var what = names.FirstOrDefault() ?? throw new ArgumentException("Nothing to run.");
        var isQuick = what == "quick";
        IReadOnlyList<string> workloads = what switch
        {
            "all" => WorkloadNames.All,
            "quick" => [.. WorkloadNames.All.Take(QuickWorkloads)],
            _ => [WorkloadRegistry.Get(what).Name],
        };
        Target[] targets = [.. names.Skip(1).Select(TargetRegistry.Get)];
        return new BenchOptions(
            workloads,
            targets.Length > 0 ? targets : TargetRegistry.All,
            rounds ?? (isQuick ? 1 : DefaultRounds),
            seconds ?? (isQuick ? 0.5 : DefaultSeconds));
    }
}
