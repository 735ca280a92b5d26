using System.Globalization;

namespace Loop.Bench.Load.Orchestration;

/// <summary>Prints results: one line each, and at the end a table of their ratios.</summary>
internal static class Report
{
    private static readonly string[] References = ["raw", "signalr"];

    public static void Write(Result result) =>
        Console.WriteLine($"RESULT {result.Workload} {result.Target} {result.Metric} {Format(result.Value)}");

    public static void WriteRatios(IReadOnlyList<Result> results)
    {
        Console.WriteLine();
        Console.WriteLine($"{"workload",-16} {"metric",-16} {"target",-17} {"value",14} {"x raw",9} {"x signalr",9}");
        foreach (var metric in results.GroupBy(result => (result.Workload, result.Metric)))
        {
            var references = References.Select(name => metric.FirstOrDefault(result => result.Target == name)?.Value).ToArray();
            foreach (var result in metric)
            {
                var ratios = references.Select(reference => FormatRatio(result.Value, reference)).ToArray();
                Console.WriteLine($"{result.Workload,-16} {result.Metric,-16} {result.Target,-17} {Format(result.Value),14} {ratios[0],9} {ratios[1],9}");
            }
        }
    }

    private static string FormatRatio(double value, double? reference) =>
        reference is null or 0 ? "-" : (value / reference.Value).ToString("F2", CultureInfo.InvariantCulture);

    private static string Format(double value) =>
        value.ToString(Math.Abs(value) >= 1000 ? "F0" : "F2", CultureInfo.InvariantCulture);
}
