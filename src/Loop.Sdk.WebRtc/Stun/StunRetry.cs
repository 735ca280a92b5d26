namespace Loop.Sdk.WebRtc.Stun;

/// <summary>When a request to a server is sent again (RFC 8489, section 6.2): at 0, 0.5, 1.5, 3.5 and 7.5 s, and given up at 9.5 s; over TCP and TLS once. Times in microseconds.</summary>
internal struct StunRetry
{
    private const long First = 500_000;
    private const long Last = 2_000_000;
    private const int Most = 5;

    private int _sent;
    private bool _isReliable;

    /// <summary>When the request is to be sent, or given up.</summary>
    public long Next { get; private set; }

    private readonly bool IsLast => _sent == Most || (_isReliable && _sent > 0);

    public void Start(long now, bool isReliable)
    {
        _sent = 0;
        _isReliable = isReliable;
        Next = now;
    }

    public readonly bool IsDue(long now) => Next <= now && !IsLast;

    public readonly bool IsOver(long now) => Next <= now && IsLast;

    public void OnSent(long now)
    {
        var wait = First << _sent++;
        Next = now + (_isReliable ? (First << Most) - First - First : IsLast ? Last : wait);
    }
}
