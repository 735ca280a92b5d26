namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>
/// How much may be under way. The path is modelled by the rate at which it delivers (the highest of the last rounds) and by its round trip when empty (the lowest of the last seconds). The
/// window is what fits into the path at that rate, a little more so that a rise of the rate shows (a quarter of the round trip, at least 2 ms), and a few packets, which make flows that
/// share a path share it evenly. Single losses change nothing. Many in a round (one in twenty) do: they say that a queue is too short for this window, and bound it to what was delivered;
/// the bound is lifted as long as losses are few. It begins as slow start does.
/// Every ten seconds the window is halved for two round trips, so that the queue drains and the empty round trip is seen again.
/// </summary>
internal sealed class CongestionControl
{
    private const int RateRounds = 8;
    private const long MinHeadroom = 2_000;
    private const long MinRttLife = 10_000_000;
    private const long Second = 1_000_000;
    private const int InitialPackets = 10;
    private const int MinPackets = 2;
    private const int MaxFlatRounds = 3;
    private const int MinLostPackets = 8;
    private const int LossDivisor = 20;
    private const int JudgedPackets = 100;
    private const int BurstMicroseconds = 1_000;
    private const int MinBurst = 12_000;

    /// <summary>What may be under way at most, whatever the path seems to take: a bound on memory.</summary>
    private const long MaxWindow = 16 * 1024 * 1024;

    private readonly long[] _rates = new long[RateRounds];
    private int _packetSize;
    private int _round;
    private long _roundEnd;
    private long _roundRtt;
    private long _roundAcked;
    private long _roundLost;
    private bool _roundIsLimited;
    private long _minRtt;
    private long _minRttAt;
    private long _smoothedRtt;
    private long _drainUntil;
    private long _drainRtt;
    private long _fullRate;
    private int _flatRounds;
    private bool _isStarting;
    private long _lossBound;
    private long _lossAt;
    private long _lossStep;
    private double _tokens;
    private long _tokensAt;

    public CongestionControl(int packetSize) => Reset(packetSize);

    /// <summary>Bytes that may be under way.</summary>
    public long Window { get; private set; }

    /// <summary>The round trip of the empty path; 0 while there is none.</summary>
    public long MinRtt => _minRtt;

    /// <summary>The rate of delivery, in bytes a second; 0 while there is none.</summary>
    public long Rate { get; private set; }

    public int PacketSize
    {
        get => _packetSize;
        set
        {
            _packetSize = value;
            Window = Math.Max(Window, MinPackets * value);
        }
    }

    /// <summary>Forgets the path.</summary>
    public void Reset(int packetSize)
    {
        _packetSize = packetSize;
        Array.Clear(_rates);
        Rate = 0;
        _minRtt = _minRttAt = _smoothedRtt = _drainUntil = _fullRate = 0;
        _flatRounds = 0;
        _isStarting = true;
        _lossBound = MaxWindow;
        _tokens = InitialPackets * packetSize;
        Window = InitialPackets * packetSize;
        _roundAcked = _roundLost = 0;
        BeginRound(0);
    }

    public void Add(in AckSample sample)
    {
        AddRtt(sample);
        _roundAcked += sample.Acked;
        _roundLost += sample.Lost;
        _roundIsLimited |= sample.IsAppLimited;
        if (sample.Rate > 0 && (!sample.IsAppLimited || sample.Rate > Rate))
        {
            ref var best = ref _rates[_round % RateRounds];
            best = Math.Max(best, sample.Rate);
            Rate = Math.Max(Rate, best);
        }

        if (sample.PriorDelivered >= _roundEnd)
        {
            EndRound();
            BeginRound(sample.Delivered);
        }

        Adjust(sample);
    }

    /// <summary>Nothing was heard for so long that everything under way is taken for lost.</summary>
    public void Collapse() => Window = MinPackets * _packetSize;

    /// <summary>Whether a packet may leave now without making too long a burst.</summary>
    public bool MayLeave(long now, out long when)
    {
        var pace = _isStarting ? (_smoothedRtt == 0 ? 0 : 2 * Window * Second / _smoothedRtt) : Rate * 5 / 4;
        if (pace == 0)
        {
            when = now;
            return true;
        }

        var burst = Math.Max(pace * BurstMicroseconds / Second, Math.Max(MinBurst, MinPackets * _packetSize));
        _tokens = Math.Min(burst, _tokens + ((double)(now - _tokensAt) * pace / Second));
        _tokensAt = now;
        when = now + Math.Max((long)(((burst / 2) - _tokens) * Second / pace), 100);
        return _tokens > 0;
    }

    /// <summary>Bytes have left.</summary>
    public void Leave(int length) => _tokens -= length;

    private void AddRtt(in AckSample sample)
    {
        if (sample.Rtt == 0)
        {
            return;
        }

        _smoothedRtt = _smoothedRtt == 0 ? sample.Rtt : ((7 * _smoothedRtt) + sample.Rtt) / 8;
        _roundRtt = Math.Min(_roundRtt, sample.Rtt);
        if (_minRtt == 0 || sample.Rtt <= _minRtt)
        {
            _minRtt = sample.Rtt;
            _minRttAt = sample.Now;
        }

        if (_drainUntil != 0)
        {
            _drainRtt = Math.Min(_drainRtt, sample.Rtt);
            if (sample.Now >= _drainUntil)
            {
                _minRtt = _drainRtt;
                _minRttAt = sample.Now;
                _drainUntil = 0;
            }
        }
        else if (sample.Now - _minRttAt > MinRttLife && !_isStarting)
        {
            _drainUntil = sample.Now + (2 * _smoothedRtt);
            _drainRtt = sample.Rtt;
        }
    }

    private void BeginRound(long delivered)
    {
        _roundEnd = delivered;
        _roundRtt = long.MaxValue;
        _roundIsLimited = false;
    }

    private void EndRound()
    {
        var isLossy = _roundLost >= MinLostPackets * _packetSize && _roundLost * LossDivisor > _roundAcked + _roundLost;
        if (isLossy)
        {
            // What was delivered is what there is room for, in the path and its queue.
            _isStarting = false;
            _lossAt = Math.Min(Window, Math.Max(_roundAcked, 2 * MinPackets * _packetSize));
            _lossBound = _lossAt * 3 / 4;
            _lossStep = _packetSize;
        }
        else if (_lossBound < MaxWindow)
        {
            // Soon back to where the loss was; carefully, and then ever faster, beyond it.
            if (_lossBound < _lossAt)
            {
                _lossBound += Math.Max(_packetSize, (_lossAt - _lossBound) / 2);
            }
            else
            {
                _lossBound += _lossStep;
                _lossStep = Math.Min(2 * _lossStep, Math.Max(_packetSize, _lossBound / 8));
            }

            _lossBound = _lossBound > 2 * Target() ? MaxWindow : _lossBound;
        }

        // Small rounds are put together until they say something.
        if (isLossy || _roundAcked + _roundLost >= JudgedPackets * _packetSize)
        {
            _roundAcked = _roundLost = 0;
        }

        if (_roundIsLimited)
        {
            return;
        }

        if (_isStarting)
        {
            var isQueued = _roundRtt != long.MaxValue && _roundRtt > _minRtt + Math.Max(_minRtt / 4, 2 * MinHeadroom);
            if (Rate > _fullRate + (_fullRate / 4))
            {
                _fullRate = Rate;
                _flatRounds = 0;
            }
            else
            {
                _flatRounds++;
            }

            _isStarting = !(isQueued || _flatRounds >= MaxFlatRounds);
        }

        _rates[++_round % RateRounds] = 0;
        Rate = 0;
        foreach (var rate in _rates)
        {
            Rate = Math.Max(Rate, rate);
        }
    }

    private long Target()
    {
        var time = _minRtt + Math.Max(_minRtt / 4, MinHeadroom);
        return Math.Min((long)((double)Rate * time / Second) + Math.Max(4 * 1200, 2 * _packetSize), MaxWindow);
    }

    private void Adjust(in AckSample sample)
    {
        if (_isStarting)
        {
            Window = sample.IsWindowLimited ? Math.Min(Window + sample.Acked, MaxWindow) : Window;
            return;
        }

        var target = Math.Min(Target(), _lossBound);
        if (_drainUntil != 0)
        {
            target /= 2;
        }

        target = Math.Max(target, MinPackets * _packetSize);
        Window = Math.Min(Window + sample.Acked, target);
    }
}
