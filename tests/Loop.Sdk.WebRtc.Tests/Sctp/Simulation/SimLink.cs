namespace Loop.Sdk.WebRtc.Sctp.Simulation;

/// <summary>One direction of a path: what it loses, doubles, delays and lets overtake, from a seed.</summary>
internal sealed class SimLink(SimNetwork network, Random random)
{
    /// <summary>What a packet has around it: DTLS, UDP and IP.</summary>
    private const int Overhead = 65;
    private const double Second = 1_000_000;

    private double _freeAt;

    /// <summary>Microseconds.</summary>
    public long Delay { get; set; } = 5_000;

    /// <summary>Up to so much more, for each packet by itself.</summary>
    public long Jitter { get; set; }

    public double Loss { get; set; }

    public double Duplication { get; set; }

    /// <summary>Bytes a second; 0 for any.</summary>
    public double Bandwidth { get; set; }

    /// <summary>Bytes that wait for the link at most.</summary>
    public double Queue { get; set; } = 65_536;

    /// <summary>Larger packets vanish.</summary>
    public int MaxPacket { get; set; } = 65_536;

    public bool IsCut { get; set; }

    /// <summary>Sees each packet that is sent.</summary>
    public Action<byte[]>? Tap { get; set; }

    public int Carried { get; private set; }

    public int Dropped { get; private set; }

    public void Send(byte[] packet, bool mayFragment, Action<byte[]> arrive)
    {
        Carried++;
        Tap?.Invoke(packet);
        if (IsCut || (packet.Length > MaxPacket && !mayFragment) || random.NextDouble() < Loss)
        {
            Dropped++;
            return;
        }

        var at = (double)network.Now;
        if (Bandwidth > 0)
        {
            _freeAt = Math.Max(_freeAt, at);
            if ((_freeAt - at) * Bandwidth / Second > Queue)
            {
                Dropped++;
                return;
            }

            _freeAt += (packet.Length + Overhead) * Second / Bandwidth;
            at = _freeAt;
        }

        for (var copies = random.NextDouble() < Duplication ? 2 : 1; copies > 0; copies--)
        {
            network.At((long)at + Delay + (Jitter > 0 ? random.NextInt64(Jitter) : 0), () => arrive(packet));
        }
    }
}
