namespace Loop.Bench.Load.Orchestration;

/// <summary>A metric's median over the rounds.</summary>
internal sealed record Result(string Workload, string Target, string Metric, double Value);
