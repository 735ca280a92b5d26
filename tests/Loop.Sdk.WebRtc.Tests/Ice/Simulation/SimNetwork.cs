using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>A network that loses, delays and reorders from a seed, and its clock.</summary>
internal sealed class SimNetwork(SeededRandom random)
{
    private readonly PriorityQueue<Action, (long, long)> _events = new();
    private readonly Dictionary<TransportAddress, Action<TransportAddress, byte[]>> _sockets = [];
    private readonly Dictionary<TransportAddress, SimNat> _natOf = [];
    private readonly List<SimNat> _nats = [];
    private long _sequence;

    public long Now { get; private set; } = 1_000_000;

    public SeededRandom Random { get; } = random;

    /// <summary>Percent of packets lost; of those from and to servers, fewer.</summary>
    public int Loss { get; set; }

    /// <summary>Microseconds, each way.</summary>
    public int Delay { get; set; } = 1000;

    public int Jitter { get; set; }

    /// <summary>What is dropped, by its sender and receiver as they call themselves: a path that is down.</summary>
    public Func<TransportAddress, TransportAddress, bool> IsDown { get; set; } = static (_, _) => false;

    /// <summary>Sees everything that is sent.</summary>
    public Action<byte[]> Tap { get; set; } = static _ => { };

    public void Open(TransportAddress address, SimNat? nat, Action<TransportAddress, byte[]> receive)
    {
        _sockets[address] = receive;
        if (nat is not null)
        {
            _natOf[address] = nat;
            if (!_nats.Contains(nat))
            {
                _nats.Add(nat);
            }
        }
    }

    public void After(long delay, Action action) => _events.Enqueue(action, (Now + delay, _sequence++));

    public void Send(TransportAddress from, TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        var bytes = datagram.ToArray();
        Tap(bytes);
        var isToServer = IsServer(from) || IsServer(to);
        if (IsDown(from, to) || Random.Chance(isToServer ? Loss / 4 : Loss))
        {
            return;
        }

        var source = _natOf.GetValueOrDefault(from);
        var isLocal = _natOf.TryGetValue(to, out var own) && own == source && source is not null;
        var seen = source is null || isLocal ? from : source.Outgoing(from, to, Now);
        After(Delay + (Jitter == 0 ? 0 : Random.Next(Jitter)), () => Arrive(seen, to, bytes, isLocal));
    }

    /// <summary>Runs until something is true, or until a time has passed.</summary>
    public bool RunUntil(Func<bool> done, long atMost)
    {
        var end = Now + atMost;
        while (!done())
        {
            if (!_events.TryPeek(out _, out var at) || at.Item1 > end)
            {
                Now = end;
                return done();
            }

            var action = _events.Dequeue();
            Now = Math.Max(Now, at.Item1);
            action();
        }

        return true;
    }

    public void Run(long duration) => RunUntil(static () => false, duration);

    private static bool IsServer(TransportAddress address) => !address.IsV6 && address.Bits >> 24 == 203;

    private void Arrive(TransportAddress from, TransportAddress to, byte[] bytes, bool isLocal)
    {
        if (!isLocal && _nats.Find(nat => nat.PublicAddress.HasSameAddress(to)) is { } nat)
        {
            to = nat.Incoming(to, from, Now);
        }
        else if (!isLocal && _natOf.ContainsKey(to))
        {
            return;
        }

        if (_sockets.TryGetValue(to, out var receive))
        {
            receive(from, bytes);
        }
    }
}
