using Loop.Bench.Load.DataChannels;

namespace Loop.Bench.Load.Orchestration;

/// <summary>Runs the rounds, alternating between the targets so that what changes on the machine meets them all.</summary>
internal static class Orchestrator
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var results = new List<Result>();
        var failures = 0;
        foreach (var workload in options.Workloads)
        {
            var targets = options.Targets.Where(target => target.Workloads.Contains(workload)).Select(target => target.Name).ToArray();
            var samples = targets.ToDictionary(target => target, _ => new List<IReadOnlyDictionary<string, double>>());
            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var target in targets)
                {
                    try
                    {
                        samples[target].Add(ConnectionRound.Is(workload)
                            ? await ConnectionRound.RunAsync(workload, target, options.Times)
                            : await RoundRunner.RunAsync(workload, target, options.Times));
                    }
                    catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException or HttpRequestException)
                    {
                        failures++;
                        Console.WriteLine($"FAILED {workload} {target} {exception.Message}");
                    }
                }
            }

            foreach (var target in targets)
            {
                results.AddRange(TakeMedians(workload, target, samples[target]));
            }
        }

        Report.WriteRatios(results);
        return failures == 0 ? 0 : 1;
    }

    private static List<Result> TakeMedians(string workload, string target, List<IReadOnlyDictionary<string, double>> samples)
    {
        var results = samples.SelectMany(sample => sample)
            .GroupBy(metric => metric.Key, metric => metric.Value)
            .Select(metric => new Result(workload, target, metric.Key, GetMedian([.. metric])))
            .ToList();
        results.ForEach(Report.Write);
        return results;
    }

    private static double GetMedian(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
