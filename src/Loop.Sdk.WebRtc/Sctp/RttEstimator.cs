namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Round trip and retransmission timeout (RFC 9260, section 6.3.1), in microseconds.</summary>
internal struct RttEstimator
{
    /// <summary>Below the second of RFC 9260, as all that speak SCTP over DTLS have it; above the 200 ms for which a peer may hold an acknowledgement back.</summary>
    private const long MinTimeout = 400_000;
    private const long InitialTimeout = 1_000_000;
    private const long MaxTimeout = 10_000_000;

    private long _variance;
    private int _backoff;

    /// <summary>The smoothed round trip; 0 while there is none.</summary>
    public long Smoothed { get; private set; }

    public readonly long Timeout
    {
        get
        {
            var timeout = Smoothed == 0 ? InitialTimeout : Math.Max(Smoothed + (4 * _variance), MinTimeout);
            return Math.Min(timeout << Math.Min(_backoff, 16), MaxTimeout);
        }
    }

    public void Add(long rtt)
    {
        rtt = Math.Max(rtt, 1);
        if (Smoothed == 0)
        {
            Smoothed = rtt;
            _variance = rtt / 2;
        }
        else
        {
            _variance += (Math.Abs(Smoothed - rtt) - _variance) / 4;
            Smoothed = Math.Max(Smoothed + ((rtt - Smoothed) / 8), 1);
        }
    }

    public void BackOff() => _backoff++;

    public void EndBackOff() => _backoff = 0;
}
