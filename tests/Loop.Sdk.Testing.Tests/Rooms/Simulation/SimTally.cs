using System.Collections.Concurrent;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>How often what happened, so that a test can say whether its schedules try what they should.</summary>
internal sealed class SimTally
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public int this[string what] => _counts.GetValueOrDefault(what);

    public void Count(string what, int times = 1) => _counts.AddOrUpdate(what, times, (_, count) => count + times);

    public void Add(SimTally other)
    {
        foreach (var (what, count) in other._counts)
        {
            Count(what, count);
        }
    }

    public override string ToString() => string.Join(", ", _counts.OrderBy(static count => count.Key).Select(static count => $"{count.Key} {count.Value}"));
}
