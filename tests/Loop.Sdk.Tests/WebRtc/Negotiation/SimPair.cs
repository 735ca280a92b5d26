namespace Loop.Sdk.WebRtc.Negotiation;

/// <summary>Two ends, a server between them that delays, loses and forgets, and a network that comes and goes. Everything follows from the seed.</summary>
internal sealed class SimPair
{
    private const long Step = 100;
    private const long Trouble = 240_000;
    private const long Peace = 900_000;

    private readonly Random _random;
    private readonly List<(long Due, SimEnd To, SimEnd From, PairSignal? Signal)> _signals = [];
    private readonly Dictionary<SimEnd, long> _last = [];
    private readonly bool _tells;
    private SimEnd _ada;
    private SimEnd _bob;
    private long _now;
    private bool _isPath = true;
    private long _pathless;
    private int? _leftOut;
    private SimEnd? _hasGap;
    private int _sent;

    private SimPair(long seed)
    {
        _random = new Random((int)seed);
        _tells = _random.Next(2) == 0;
        _ada = new SimEnd("ada1", isPolite: true, _random, fails: true);
        _bob = new SimEnd("bob1", isPolite: false, _random, fails: true);
    }

    /// <summary>Runs a schedule.</summary>
    /// <returns>How many connections were made, and whether both ends ever offered at once.</returns>
    public static SimTally Run(long seed)
    {
        var pair = new SimPair(seed);
        return pair.Run();
    }

    /// <summary>Runs a schedule in which nothing is lost: whatever both want at once, one connection is enough.</summary>
    public static void RunCalm(long seed)
    {
        var pair = new SimPair(seed);
        pair._ada = new SimEnd("ada1", isPolite: true, pair._random, fails: false);
        pair._bob = new SimEnd("bob1", isPolite: false, pair._random, fails: false);
        pair.Start(pair._ada);
        pair.Pass(pair._random.Next(3) * Step, troubled: false);
        pair.Start(pair._bob);
        pair.Pass(10_000, troubled: false);
        for (var round = 0; round < 20; round++)
        {
            var who = pair._random.Next(1, 4);
            if ((who & 1) != 0)
            {
                pair._ada.Connection!.Restart();
            }

            if ((who & 2) != 0)
            {
                pair._bob.Connection!.Restart();
            }

            pair.Pass(pair._random.Next(1, 100) * Step, troubled: false);
        }

        pair.Pass(14_000, troubled: false);
        SimCheck.That(pair.IsConnected, "They are not connected, though nothing was lost.");
        SimCheck.That(pair._ada.Opened == 1 && pair._bob.Opened == 1, $"{pair._ada.Opened} and {pair._bob.Opened} connections were made, though nothing was lost.");
    }

    /// <summary>Runs a schedule in which one signal is left out. The receiver notices with the next one, if it has heard of the sender before.</summary>
    /// <param name="seed">Who greets when, and how long signals take.</param>
    /// <param name="which">The number of the signal, from 0.</param>
    /// <param name="trickles">Whether a candidate follows each description, so that something always follows.</param>
    /// <returns>How long it took until they were connected, in milliseconds; null if there are not as many signals.</returns>
    public static long? RunOneLeftOut(long seed, int which, bool trickles)
    {
        var pair = new SimPair(seed) { _leftOut = which };
        pair._ada = new SimEnd("ada1", isPolite: true, pair._random, fails: false, trickles);
        pair._bob = new SimEnd("bob1", isPolite: false, pair._random, fails: false, trickles);
        pair.Start(pair._ada);
        pair.Pass(pair._random.Next(3) * Step, troubled: false);
        pair.Start(pair._bob);
        var start = pair._now;
        while (!(pair.IsConnected && pair._sent > which) && pair._now < start + 60_000)
        {
            pair.Pass(Step, troubled: false);
            if (pair.IsConnected && pair._signals.Count == 0 && pair._sent <= which)
            {
                return null;
            }
        }

        SimCheck.That(pair.IsConnected, "They are not connected within a minute, though only one signal was left out.");
        return pair._now - start;
    }

    private SimTally Run()
    {
        Start(_ada);
        if (_random.Next(3) > 0)
        {
            Pass(_random.Next(1, 40) * Step, troubled: false);
        }

        Start(_bob);
        var rejoins = 0;
        while (_now < Trouble)
        {
            Pass(_random.Next(1, 200) * Step, troubled: true);
            switch (_random.Next(14))
            {
                case 0:
                    _isPath = !_isPath;
                    break;
                case 1:
                    _ada.Negotiator.Lost(_now);
                    break;
                case 2:
                    _ada.Negotiator.Rebuild(_now);
                    _bob.Negotiator.Rebuild(_now);
                    break;
                case 4:
                    // Somebody greets who does not know that there is a connection already.
                    _bob.Negotiator.Receive(new PairSignal { Kind = PairSignalKind.Hello, Attempt = $"stray{_now}" }, _now);
                    break;
                case 3:
                    // Whoever crashed comes back as another participation, and so the other has another pair for it.
                    rejoins++;
                    Rejoin();
                    break;
            }
        }

        _isPath = true;
        var quiet = 0L;
        for (var end = _now + Peace; _now < end && quiet < 30_000;)
        {
            Pass(Step, troubled: false);
            quiet = IsConnected ? quiet + Step : 0;
        }

        SimCheck.That(IsConnected, $"They do not find each other: {_ada.Negotiator.State} and {_bob.Negotiator.State}.");
        SimCheck.That(_ada.Connection!.State == PeerConnectionState.Connected && _bob.Connection!.State == PeerConnectionState.Connected, "One end does not know.");
        return new SimTally(_ada.Opened + _bob.Opened, rejoins);
    }

    private bool IsConnected => _ada.Connection is { } mine && _bob.Connection is { } theirs
        && mine.Local is not null && mine.Local == theirs.Remote && theirs.Local is not null && theirs.Local == mine.Remote
        && mine.IsStable && theirs.IsStable && _isPath;

    private void Start(SimEnd end)
    {
        end.Negotiator.Greet(_now);
        Work(end, troubled: false);
    }

    private void Rejoin()
    {
        _signals.Clear();
        _last.Clear();
        _ada = new SimEnd($"ada{_now}", _ada.Negotiator.IsPolite, _random, fails: true);
        _bob = new SimEnd($"bob{_now}", _bob.Negotiator.IsPolite, _random, fails: true);
        Start(_random.Next(2) == 0 ? _ada : _bob);
        if (_random.Next(2) == 0)
        {
            Start(_bob);
        }
    }

    private void Pass(long time, bool troubled)
    {
        for (var end = _now + time; _now < end;)
        {
            _now += Step;
            foreach (var (_, to, from, signal) in Due())
            {
                if (signal is null)
                {
                    to.Negotiator.Lost(_now);
                }
                else
                {
                    to.Negotiator.Receive(signal, _now);
                }

                _ = from;
                Work(to, troubled);
            }

            Look();
            foreach (var one in new[] { _ada, _bob })
            {
                if (one.Negotiator.NextTimeout <= _now)
                {
                    one.Negotiator.Timeout(_now);
                }

                if (one.Connection is { NeedsNegotiation: true } connection)
                {
                    one.Negotiator.NegotiationNeeded(connection.Generation);
                }

                Work(one, troubled);
            }
        }
    }

    private List<(long Due, SimEnd To, SimEnd From, PairSignal? Signal)> Due()
    {
        var due = _signals.Where(signal => signal.Due <= _now).ToList();
        _signals.RemoveAll(signal => signal.Due <= _now);
        return due;
    }

    private void Work(SimEnd end, bool troubled)
    {
        var other = end == _ada ? _bob : _ada;
        foreach (var signal in end.Work(_now))
        {
            if (_leftOut is not null)
            {
                LeaveOne(end, other, signal);
                continue;
            }

            // In order, as the server keeps it; sometimes late by seconds; sometimes gone, with a word or without.
            var due = Math.Max(_last.GetValueOrDefault(end), _now + (_random.Next(troubled ? 20 : 60) == 0 ? _random.Next(60) * Step : _random.Next(2) * Step));
            _last[end] = due;
            var isLost = troubled && _random.Next(8) == 0;
            if (!isLost)
            {
                _signals.Add((due, other, end, signal));
            }
            else if (_tells)
            {
                _signals.Add((due, other, end, null));
            }
        }
    }

    private void LeaveOne(SimEnd end, SimEnd other, PairSignal signal)
    {
        var number = _sent++;
        var due = Math.Max(_last.GetValueOrDefault(end), _now + (_random.Next(2) * Step));
        if (number == _leftOut)
        {
            _hasGap = _last.ContainsKey(end) ? end : null;
            return;
        }

        _last[end] = due;
        if (_hasGap == end)
        {
            _hasGap = null;
            _signals.Add((due, other, end, null));
        }

        _signals.Add((due, other, end, signal));
    }

    // What the network makes of it.
    private void Look()
    {
        _pathless = _isPath ? 0 : _pathless + Step;
        foreach (var end in new[] { _ada, _bob })
        {
            if (end.Connection is not { Local: not null, Remote: not null } connection)
            {
                continue;
            }

            var state = IsConnected ? PeerConnectionState.Connected
                : connection.State == PeerConnectionState.Connected || connection.State == PeerConnectionState.Disconnected
                    ? _pathless > 25_000 ? PeerConnectionState.Failed : PeerConnectionState.Disconnected
                    : connection.State == PeerConnectionState.Failed ? PeerConnectionState.Failed : PeerConnectionState.Connecting;
            if (connection.Become(state))
            {
                end.Negotiator.StateChanged(connection.Generation, state, _now);
            }
        }
    }
}
