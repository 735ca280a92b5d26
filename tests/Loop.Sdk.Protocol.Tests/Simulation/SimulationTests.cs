using System.Globalization;

namespace Loop.Sdk.Simulation;

[TestClass]
public sealed class SimulationTests
{
    private const int Schedules = 100_000;
    private const int NightlyFactor = 10;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Sessions_keep_their_promises_over_any_link()
    {
        if (Environment.GetEnvironmentVariable("LOOP_SEED") is { Length: > 0 } seed)
        {
            SimSchedule.Run(long.Parse(seed, CultureInfo.InvariantCulture));
            return;
        }

        var count = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1" ? Schedules * NightlyFactor : Schedules;
        var lost = 0;
        string? failure = null;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (number, loop) =>
        {
            try
            {
                if (SimSchedule.Run(number))
                {
                    Interlocked.Increment(ref lost);
                }
            }
            catch (Exception exception)
            {
                failure = $"Replay with LOOP_SEED={number}: {exception}";
                loop.Stop();
            }
        });
        Assert.IsNull(failure, failure);
        TestContext.WriteLine($"{count} schedules, {lost} of them with a session that was lost for good reason.");

        // If hardly any session survives, or none is lost, the schedules do not test what they should.
        Assert.IsTrue(lost > 0 && lost < count / 5, $"{lost} sessions were lost.");
    }
}
