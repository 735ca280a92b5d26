using Loop.Sdk.Server.LoopApi;

namespace Loop.Sdk.Server.Tests.LoopApi.Hawk;

[TestClass]
public sealed class HawkNoncesTests
{
    private const int Skew = 60;
    private const long Now = 1_000_000;

    [TestMethod]
    public void Nonce_counts_once_for_as_long_as_it_could_come_again()
    {
        var nonces = new HawkNonces(Skew, 100, 1000);
        foreach (var second in new[] { Now - Skew, Now, Now + Skew })
        {
            Assert.AreEqual(HawkNonceOutcome.New, nonces.Add("s", Header("n", second), Now));
        }

        for (var now = Now; now <= Now + (2 * Skew); now++)
        {
            foreach (var second in new[] { Now - Skew, Now, Now + Skew }.Where(second => Math.Abs(second - now) <= Skew))
            {
                Assert.AreEqual(HawkNonceOutcome.Known, nonces.Add("s", Header("n", second), now), $"{second} at {now}");
            }
        }
    }

    [TestMethod]
    public void Nonces_of_other_sessions_and_times_are_others()
    {
        var nonces = new HawkNonces(Skew, 100, 1000);
        Assert.AreEqual(HawkNonceOutcome.New, nonces.Add("s", Header("n", Now), Now));
        Assert.AreEqual(HawkNonceOutcome.New, nonces.Add("t", Header("n", Now), Now));
        Assert.AreEqual(HawkNonceOutcome.New, nonces.Add("s", Header("n", Now + 1), Now));
        Assert.AreEqual(HawkNonceOutcome.New, nonces.Add("s", Header("m", Now), Now));
        Assert.AreEqual(4, nonces.Count);
    }

    [TestMethod]
    public void Cache_is_bounded_and_refuses_rather_than_forgets()
    {
        var nonces = new HawkNonces(Skew, 3, 5);
        Assert.AreEqual("New New New TooManyOfSession", Fill(nonces, "s", 4));
        Assert.AreEqual(HawkNonceOutcome.Known, nonces.Add("s", Header("0", Now), Now));
        Assert.AreEqual("New New TooMany", Fill(nonces, "t", 3));
        Assert.AreEqual(5, nonces.Count);
        nonces.Sweep(Now + Skew);
        Assert.AreEqual(5, nonces.Count);
        nonces.Sweep(Now + (3 * Skew));
        Assert.AreEqual(0, nonces.Count);
        Assert.AreEqual("New New New TooManyOfSession", Fill(nonces, "s", 4));
    }

    [TestMethod]
    public void Nonce_that_comes_twice_at_the_same_time_counts_once()
    {
        var nonces = new HawkNonces(Skew, 1000, 10_000);
        Parallel.For(0, 500, number =>
        {
            var fresh = 0;
            Parallel.For(0, 4, _ => Interlocked.Add(ref fresh, nonces.Add("s", Header($"{number}", Now), Now) == HawkNonceOutcome.New ? 1 : 0));
            Assert.AreEqual(1, fresh);
            nonces.Sweep(Now);
        });
        Assert.AreEqual(500, nonces.Count);
    }

    private static string Fill(HawkNonces nonces, string session, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(number => nonces.Add(session, Header($"{number}", Now), Now)));

    private static HawkHeader Header(string nonce, long second) =>
        HawkHeader.TryParse($"id=\"x\", ts=\"{second}\", nonce=\"{nonce}\", mac=\"x\"", out var header, out var error) ? header : throw new AssertFailedException(error);
}
