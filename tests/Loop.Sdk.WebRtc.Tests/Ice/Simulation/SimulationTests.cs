using System.Collections.Concurrent;
using System.Globalization;

namespace Loop.Sdk.WebRtc.Ice.Simulation;

[TestClass]
public sealed class SimulationTests
{
    private const int Schedules = 1000;
    private const int NightlyFactor = 20;
    private const int MostFailures = 8;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Agents_find_a_path_wherever_there_is_one_and_keep_it()
    {
        if (Environment.GetEnvironmentVariable("LOOP_SEED") is { Length: > 0 } seed)
        {
            SimSchedule.Run(long.Parse(seed, CultureInfo.InvariantCulture));
            return;
        }

        var count = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1" ? Schedules * NightlyFactor : Schedules;
        var connected = 0;
        var failures = new ConcurrentQueue<string>();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (number, loop) =>
        {
            try
            {
                if (SimSchedule.Run(number))
                {
                    Interlocked.Increment(ref connected);
                }
            }
            catch (Exception exception)
            {
                failures.Enqueue($"Replay with LOOP_SEED={number}: {exception}");
                if (failures.Count == MostFailures)
                {
                    loop.Stop();
                }
            }
        });
        Assert.AreEqual("", string.Join('\n', failures));
        TestContext.WriteLine($"{count} schedules, {connected} of them connected.");
        Assert.IsTrue(connected > count / 2 && connected < count, $"{connected} schedules connected.");
    }
}
