using System.Collections.Concurrent;
using System.Globalization;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

[TestClass]
public sealed class SimulationTests
{
    private const int Schedules = 40;
    private const int NightlyFactor = 15;
    private const int LongestMs = 900_000;
    private const int MaxFailures = 3;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(LongestMs)]
    public async Task Rooms_look_the_same_to_everybody_over_any_link()
    {
        if (Environment.GetEnvironmentVariable("LOOP_SEED") is { Length: > 0 } seed)
        {
            await SimSchedule.RunAsync(long.Parse(seed, CultureInfo.InvariantCulture));
            return;
        }

        var count = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1" ? Schedules * NightlyFactor : Schedules;
        var tally = new SimTally();
        var failures = new ConcurrentQueue<string>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (number, _) =>
        {
            if (failures.Count >= MaxFailures)
            {
                return;
            }

            try
            {
                var one = await SimSchedule.RunAsync(number);
                lock (tally)
                {
                    tally.Add(one);
                }
            }
            catch (Exception failure)
            {
                failures.Enqueue($"Replay with LOOP_SEED={number}: {failure}");
            }
        });
        TestContext.WriteLine($"{count} schedules: {tally}");
        Assert.IsEmpty(failures, string.Join(Environment.NewLine, failures));

        // If one of these never happens, the schedules do not try what they should.
        foreach (var deed in (string[])["say ok", "edit ok", "delete ok", "join ok", "leave ok", "rename ok", "rotate ok", "kick ok", "update ok", "create ok", "link lost", "link restart"])
        {
            Assert.IsGreaterThan(0, tally[deed], $"There was no '{deed}'.");
        }
    }
}
