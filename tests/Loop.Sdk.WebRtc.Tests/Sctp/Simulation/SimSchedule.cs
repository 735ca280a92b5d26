namespace Loop.Sdk.WebRtc.Sctp.Simulation;

/// <summary>One run from a seed: a path, two associations that agree on something, streams of all kinds both ways, a reader that may pause, resets, and the end.</summary>
internal sealed class SimSchedule
{
    private const long Patience = 600 * SimPair.Second;

    private readonly Random _random;
    private readonly SimPair _pair;
    private readonly List<ReceivedMessage> _unread = [];
    private readonly List<SimTraffic> _there = [];
    private readonly List<SimTraffic> _back = [];
    private bool _isPaused;

    private SimSchedule(int seed)
    {
        _random = new Random(seed);
        _pair = new SimPair(seed, Settings(), peerSettings: Settings());
        Shape(_pair.There);
        Shape(_pair.Back);
    }

    public static void Run(int seed) => new SimSchedule(seed).Run();

    private void Run()
    {
        Connect();
        MakeTraffic(_there, _pair.A);
        MakeTraffic(_back, _pair.B);
        _isPaused = _random.Next(3) == 0;
        Attach(_pair.A, _there, _back, isPausing: false);
        Attach(_pair.B, _back, _there, isPausing: true);
        if (_isPaused)
        {
            _pair.Network.Run(5 * SimPair.Second);
            _isPaused = false;
            foreach (var message in _unread)
            {
                _pair.B.Association.Return(message);
            }
        }

        Assert.IsTrue(_pair.Network.RunUntil(IsDone, Patience), "Not everything arrived.");
        foreach (var traffic in _there)
        {
            _pair.A.Association.ResetOutgoing(traffic.Stream);
        }

        Assert.IsTrue(
            _pair.Network.RunUntil(() => Count(_pair.A, SctpEventKind.OutgoingReset) == _there.Count && Count(_pair.B, SctpEventKind.IncomingReset) == _there.Count, Patience),
            "Not every stream was reset.");
        Again();
        _pair.A.Association.Shutdown(_pair.Network.Now);
        Assert.IsTrue(_pair.Network.RunUntil(() => _pair.A.Association.IsEnded && _pair.B.Association.IsEnded, Patience), "It did not end.");

        // The very last packets may all be lost: then one end cannot know.
        Assert.IsTrue(_pair.A.Reason is SctpEndReason.Shutdown or SctpEndReason.TimedOut && _pair.B.Reason is SctpEndReason.Shutdown or SctpEndReason.TimedOut);
        Assert.IsTrue(_pair.A.Reason == SctpEndReason.Shutdown || _pair.B.Reason == SctpEndReason.Shutdown);
    }

    private static int Count(SimEnd end, SctpEventKind kind) => end.Events.Count(next => next == kind);

    private bool IsDone() => _there.Concat(_back).All(traffic => traffic.IsReliable ? traffic.IsComplete : traffic.IsSent)
        && _pair.A.Association.IsIdle && _pair.B.Association.IsIdle;

    private SctpSettings Settings() => new()
    {
        ReceiveBuffer = 65_536 << _random.Next(5),
        SendBuffer = 16_384 << _random.Next(6),
        MaxMessageSize = 65_536,
        ZeroChecksum = _random.Next(2) == 0,
        Interleaving = _random.Next(3) > 0,
        MaxPacketSize = _random.Next(2) == 0 ? 1184 : 16_000,
        MaxRetransmissions = 30,
    };

    private void Shape(SimLink link)
    {
        link.Delay = _random.Next(4) switch { 0 => 50, 1 => 1_000, 2 => 10_000, _ => 80_000 };
        link.Jitter = _random.Next(3) == 0 ? _random.Next(1, 20_000) : 0;
        link.Loss = _random.Next(4) switch { 0 => 0, 1 => 0.01, 2 => 0.05, _ => 0.2 };
        link.Duplication = _random.Next(3) == 0 ? 0.05 : 0;
        link.Bandwidth = _random.Next(3) == 0 ? _random.Next(200_000, 5_000_000) : 0;
        link.MaxPacket = _random.Next(2) == 0 ? 1500 : 65_536;
    }

    private void Connect()
    {
        // One end alone, one after the other, or both at once.
        var (a, b) = (_random.Next(3), _random.Next(3));
        _pair.Network.At(_pair.Network.Now + (a * 3_000), () => Begin(_pair.A));
        if (b > 0)
        {
            _pair.Network.At(_pair.Network.Now + (b * 3_000), () => Begin(_pair.B));
        }

        Assert.IsTrue(_pair.Network.RunUntil(() => _pair.A.Association.IsConnected && _pair.B.Association.IsConnected, Patience), "Not connected.");
    }

    private static void Begin(SimEnd end)
    {
        end.Association.Connect(SimPair.Port, end.Now);
        end.Flush();
    }

    private void MakeTraffic(List<SimTraffic> list, SimEnd from)
    {
        var streams = _random.Next(1, 6);
        for (ushort stream = 0; stream < streams; stream++)
        {
            var reliability = new Reliability(_random.Next(3) == 0, -1, -1);
            reliability = _random.Next(4) switch
            {
                0 => reliability with { MaxRetransmits = _random.Next(3) },
                1 => reliability with { Lifetime = _random.Next(1, 200_000) },
                _ => reliability,
            };
            list.Add(new SimTraffic(from, stream, reliability, _random.Next(1, 200), _random.Next(3) == 0 ? 65_536 : 3_000, _random.Next()));
        }
    }

    private void Attach(SimEnd end, List<SimTraffic> outgoing, List<SimTraffic> incoming, bool isPausing)
    {
        end.OnIdle = () =>
        {
            if (end.Association.IsConnected)
            {
                outgoing.ForEach(traffic => traffic.Send());
            }
        };
        end.OnEvent = next =>
        {
            if (next.Kind == SctpEventKind.Message)
            {
                incoming[next.Stream].Take(next.Message);
                if (isPausing && _isPaused)
                {
                    _unread.Add(next.Message);
                }
                else
                {
                    end.Association.Return(next.Message);
                }
            }
        };
    }

    /// <summary>Streams that were reset are as new.</summary>
    private void Again()
    {
        var old = _there.Count;
        _there.Clear();
        for (ushort stream = 0; stream < old; stream++)
        {
            _there.Add(new SimTraffic(_pair.A, stream, Reliability.Ordered, 20, 3_000, _random.Next()));
        }

        _pair.A.Flush();
        Assert.IsTrue(_pair.Network.RunUntil(IsDone, Patience), "Not everything arrived on streams that were reset.");
    }
}
