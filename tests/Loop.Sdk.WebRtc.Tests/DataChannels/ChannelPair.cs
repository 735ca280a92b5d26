using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>Two sets of channels over a path that delays, and loses what it is told to.</summary>
internal sealed class ChannelPair
{
    public const long Second = 1_000_000;

    private const long Delay = 5_000;

    private readonly PriorityQueue<(ChannelEnd To, byte[] Packet), (long, long)> _queue = new();
    private readonly byte[] _packet = new byte[16_384];
    private long _order;

    public ChannelPair(int seed = 1, SctpSettings? settings = null, int maxIncoming = 1024)
    {
        Random = new Random(seed);
        settings = (settings ?? new SctpSettings()) with { Random = Random.NextBytes };
        A = new ChannelEnd(new DataChannelSet(settings) { MaxIncoming = maxIncoming });
        B = new ChannelEnd(new DataChannelSet(settings) { MaxIncoming = maxIncoming });
    }

    public Random Random { get; }

    public long Now { get; private set; } = 1_000_000;

    public double Loss { get; set; }

    /// <summary>Changes a packet on its way to an end, or has it vanish.</summary>
    public Func<ChannelEnd, byte[], byte[]?> Rewrite { get; set; } = static (_, packet) => packet;

    public ChannelEnd A { get; }

    public ChannelEnd B { get; }

    public ChannelPair Start(long maxMessageSize = 256 * 1024)
    {
        A.Set.Start(isDtlsClient: true, 5000, maxMessageSize, Now);
        B.Set.Start(isDtlsClient: false, 5000, maxMessageSize, Now);
        Assert.IsTrue(RunUntil(() => A.Has(DataChannelEventKind.Connected) && B.Has(DataChannelEventKind.Connected)));
        return this;
    }

    public bool RunUntil(Func<bool> condition, long limit = 60 * Second)
    {
        limit += Now;
        Flush(A, B);
        Flush(B, A);
        while (!condition())
        {
            var timeout = Math.Min(A.Set.NextTimeout, B.Set.NextTimeout);
            var next = _queue.TryPeek(out _, out var first) ? Math.Min(first.Item1, timeout) : timeout;
            if (next > limit)
            {
                return false;
            }

            Now = Math.Max(Now, next);
            if (_queue.Count > 0 && first.Item1 <= timeout)
            {
                var (to, packet) = _queue.Dequeue();
                to.Set.Receive(packet, Now);
            }
            else
            {
                A.Set.Timeout(Now);
                B.Set.Timeout(Now);
            }

            Flush(A, B);
            Flush(B, A);
        }

        return true;
    }

    public void Run(long time = Second) => RunUntil(() => false, time);

    private void Flush(ChannelEnd from, ChannelEnd to)
    {
        from.Drain();
        for (int length; (length = from.Set.Write(_packet, Now)) > 0;)
        {
            if (Random.NextDouble() >= Loss && Rewrite(to, _packet[..length]) is { } packet)
            {
                _queue.Enqueue((to, packet), (Now + Delay, _order++));
            }
        }

        from.Drain();
    }
}
