using System.Collections.Concurrent;
using System.Globalization;

namespace Loop.Sdk.WebRtc.Negotiation;

[TestClass]
public sealed class NegotiationSimulationTests
{
    private const int Schedules = 2_000;
    private const int NightlyFactor = 25;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Pairs_connect_whatever_is_late_lost_or_said_at_once()
    {
        if (Environment.GetEnvironmentVariable("LOOP_SEED") is { Length: > 0 } seed)
        {
            SimPair.Run(long.Parse(seed, CultureInfo.InvariantCulture));
            return;
        }

        var count = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1" ? Schedules * NightlyFactor : Schedules;
        var (opened, rejoins) = (0, 0);
        var failures = new ConcurrentQueue<string>();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            try
            {
                var tally = SimPair.Run(number);
                Interlocked.Add(ref opened, tally.Opened);
                Interlocked.Add(ref rejoins, tally.Rejoins);
            }
            catch (Exception exception)
            {
                failures.Enqueue($"Replay with LOOP_SEED={number}: {exception}");
            }
        });
        Assert.IsTrue(failures.IsEmpty, $"{failures.Count} of {count}: {failures.FirstOrDefault()}");
        TestContext.WriteLine($"{count} schedules, {opened} connections, {rejoins} rejoins.");

        // If hardly anything had to be begun anew, the schedules do not test what they should.
        Assert.IsGreaterThan(count * 4, opened);
        Assert.IsGreaterThan(count / 2, rejoins);
    }

    [TestMethod]
    public void One_connection_is_enough_when_nothing_is_lost_and_both_want_something_at_once()
    {
        var failures = new ConcurrentQueue<string>();
        Parallel.For(0, Schedules, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            try
            {
                SimPair.RunCalm(number);
            }
            catch (Exception exception)
            {
                failures.Enqueue($"Schedule {number}: {exception}");
            }
        });
        Assert.IsTrue(failures.IsEmpty, $"{failures.Count} of {Schedules}: {failures.FirstOrDefault()}");
    }

    [TestMethod]
    [DataRow(true, 5_000, DisplayName = "something follows")]
    [DataRow(false, 17_000, DisplayName = "nothing may follow")]
    public void Pair_connects_in_time_whichever_signal_is_left_out(bool trickles, int patience)
    {
        var longest = 0L;
        for (var seed = 0; seed < 200; seed++)
        {
            for (var which = 0; SimPair.RunOneLeftOut(seed, which, trickles) is { } time; which++)
            {
                Assert.IsLessThanOrEqualTo(patience + 2_000, time, $"Signal {which} of schedule {seed} was left out.");
                longest = Math.Max(longest, time);
                Assert.IsLessThan(100, which);
            }
        }

        TestContext.WriteLine($"{longest} ms at the longest.");
        Assert.IsGreaterThan(1_000, longest);
    }
}
