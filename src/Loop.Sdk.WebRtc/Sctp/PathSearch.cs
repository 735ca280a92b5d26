namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>
/// Finds how large packets may be (RFC 8899): one size after the other is tried, by a padded HEARTBEAT that is not needed for anything else. What the path carries is used at once; what it does not
/// carry three times is tried again later. When large packets vanish, the smallest size is used again.
/// </summary>
internal sealed class PathSearch(SctpSettings settings, TimerSet timers)
{
    private const int MaxTries = 3;
    private const long TryTimeout = 1_000_000;
    private const long RaiseInterval = 600_000_000;

    /// <summary>What is left of common sizes of datagrams after IPv6 or IPv4, UDP and DTLS.</summary>
    private static readonly int[] Steps = [1412, 1432, 8912, 16_000];

    private int _tries;

    /// <summary>The size of packets now.</summary>
    public int Size { get; private set; } = settings.InitialPacketSize;

    /// <summary>The size to try now; 0 if none is.</summary>
    public int Probe { get; private set; }

    /// <summary>Begins from the smallest size.</summary>
    public void Start()
    {
        Size = settings.InitialPacketSize;
        _tries = 0;
        Next();
    }

    public void Stop()
    {
        Probe = 0;
        timers.Clear(TimerKind.PathSearch);
    }

    /// <summary>The probe was written.</summary>
    public void Written(long now)
    {
        Probe = 0;
        _tries++;
        timers.Set(TimerKind.PathSearch, now + TryTimeout);
    }

    /// <summary>A probe has arrived; true if packets may be larger now.</summary>
    public bool Acknowledge(int size)
    {
        if (size <= Size || size > settings.MaxPacketSize)
        {
            return false;
        }

        Size = size;
        _tries = 0;
        Next();
        return true;
    }

    /// <summary>A probe is lost, or it is time to try again.</summary>
    public void TimeOut(long now)
    {
        if (_tries >= MaxTries)
        {
            _tries = 0;
            timers.Set(TimerKind.PathSearch, now + RaiseInterval);
            return;
        }

        Next();
    }

    /// <summary>Large packets vanish; true if they were larger than need be.</summary>
    public bool FallBack(long now)
    {
        if (Size == settings.InitialPacketSize)
        {
            return false;
        }

        Size = settings.InitialPacketSize;
        _tries = MaxTries;
        TimeOut(now);
        return true;
    }

    private void Next()
    {
        timers.Clear(TimerKind.PathSearch);
        Probe = Size >= settings.MaxPacketSize ? 0 : settings.MaxPacketSize;
        foreach (var step in Steps)
        {
            if (step > Size && step < Probe)
            {
                Probe = step;
                return;
            }
        }
    }
}
