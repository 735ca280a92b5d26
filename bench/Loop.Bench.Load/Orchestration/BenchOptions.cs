using System.Globalization;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Targets;
using Loop.Bench.Load.Workloads;

namespace Loop.Bench.Load.Orchestration;

/// <summary>What to run: workloads, targets, rounds, and how long each takes.</summary>
internal sealed record BenchOptions(IReadOnlyList<string> Workloads, IReadOnlyList<Target> Targets, int Rounds, RunTimes Times)
{
    public const string Usage =
        "usage: all | quick | <workload> [targets...] [--rounds N] [--seconds S] [--warmup S]";

    private const int QuickWorkloads = 5;

    /// <summary>Reads the command line. A quick run leaves out the targets that are of interest only beside others.</summary>
    public static BenchOptions Parse(string[] arguments)
    {
        var names = new List<string>();
        var settings = new Dictionary<string, double>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Length)
            {
                settings[arguments[i]] = double.Parse(arguments[++i], CultureInfo.InvariantCulture);
            }
            else
            {
                names.Add(arguments[i]);
            }
        }

        var what = names.FirstOrDefault() ?? throw new ArgumentException("Nothing to run.");
        var isQuick = what == "quick";
        Target[] targets = [.. names.Skip(1).Select(TargetRegistry.Get)];
        if (targets.Length == 0)
        {
            targets = [.. TargetRegistry.All.Where(target => !isQuick || target.IsInQuickRun)];
        }

        return new BenchOptions(
            GetWorkloads(what),
            targets,
            (int)settings.GetValueOrDefault("--rounds", isQuick ? 1 : 3),
            new RunTimes(
                TimeSpan.FromSeconds(settings.GetValueOrDefault("--warmup", isQuick ? 1.25 : 2)),
                TimeSpan.FromSeconds(settings.GetValueOrDefault("--seconds", isQuick ? 0.75 : 2))));
    }

    private static IReadOnlyList<string> GetWorkloads(string what) => what switch
    {
        "all" => WorkloadNames.All,
        "quick" => [.. WorkloadNames.All.Take(QuickWorkloads)],
        _ => WorkloadNames.All.Contains(what) ? [what] : throw new ArgumentException($"There is no workload '{what}'."),
    };
}
