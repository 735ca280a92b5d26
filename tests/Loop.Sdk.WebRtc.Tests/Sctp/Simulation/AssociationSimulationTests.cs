using System.Globalization;

namespace Loop.Sdk.WebRtc.Sctp.Simulation;

[TestClass]
public sealed class AssociationSimulationTests
{
    private const int Schedules = 400;
    private const int NightlyFactor = 50;

    [TestMethod]
    public void Associations_keep_their_promises_over_any_path()
    {
        if (Environment.GetEnvironmentVariable("LOOP_SEED") is { Length: > 0 } seed)
        {
            SimSchedule.Run(int.Parse(seed, CultureInfo.InvariantCulture));
            return;
        }

        var count = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1" ? Schedules * NightlyFactor : Schedules;
        string? failure = null;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (number, loop) =>
        {
            try
            {
                SimSchedule.Run(number);
            }
            catch (Exception exception)
            {
                failure = $"Replay with LOOP_SEED={number}: {exception}";
                loop.Stop();
            }
        });
        Assert.IsNull(failure, failure);
    }
}
