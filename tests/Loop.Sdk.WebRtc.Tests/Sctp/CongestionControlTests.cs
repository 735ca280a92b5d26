namespace Loop.Sdk.WebRtc.Sctp;

[TestClass]
public sealed class CongestionControlTests
{
    private const int Packet = 1184;
    private const long Rate = 100_000;

    [TestMethod]
    public void Pace_is_kept_when_it_is_asked_for_at_every_moment()
    {
        const long second = 1_000_000;
        var control = Started();
        var begun = control.Now;
        var left = 0L;
        for (var now = begun; now < begun + second; now++)
        {
            if (control.Congestion.MayLeave(now, out _))
            {
                control.Congestion.Leave(Packet);
                left += Packet;
            }
        }

        // Less than a byte is due in each microsecond: all of them count.
        Assert.IsTrue(left is >= Rate and <= 3 * Rate / 2, $"{left} bytes left.");
    }

    // One that has found out how fast its path is.
    private static (CongestionControl Congestion, long Now) Started()
    {
        const long rtt = 10_000;
        const int rounds = 10;
        var congestion = new CongestionControl(Packet);
        var now = 0L;
        for (var round = 1L; round <= rounds; round++)
        {
            now += rtt;
            congestion.Add(new AckSample
            {
                Now = now,
                Acked = Packet,
                Lost = 0,
                Delivered = round * Packet,
                PriorDelivered = (round - 1) * Packet,
                Rate = Rate,
                IsAppLimited = false,
                Rtt = rtt,
                IsWindowLimited = true,
            });
        }

        return (congestion, now);
    }
}
