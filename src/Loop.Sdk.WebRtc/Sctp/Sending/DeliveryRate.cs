namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Measures how fast the path delivers: what was delivered between the sending of a chunk and its acknowledgement, by the time that took to send or to acknowledge, whichever was longer.</summary>
internal sealed class DeliveryRate
{
    private const long Second = 1_000_000;

    private long _deliveredAt;
    private long _flightBegan;
    private long _limitedUntil;
    private SentChunk _newest;
    private bool _hasNewest;

    /// <summary>Bytes delivered in all.</summary>
    public long Delivered { get; private set; }

    public bool IsAppLimited => _limitedUntil > Delivered;

    public long PriorDelivered => _hasNewest ? _newest.Delivered : -1;

    public bool WasAppLimited => _hasNewest && _newest.IsAppLimited;

    /// <summary>The round trip of the newest chunk that was newly delivered and was sent only once; 0 if there is none.</summary>
    public long Rtt { get; private set; }

    public void Reset()
    {
        Delivered = 0;
        _limitedUntil = 0;
    }

    /// <summary>There was less to send than the window allowed.</summary>
    public void Limit(long inFlight) => _limitedUntil = Math.Max(Delivered + inFlight, Delivered + 1);

    /// <summary>Notes in a chunk what is known when it is sent.</summary>
    public void Stamp(ref SentChunk chunk, bool isFirst, long now)
    {
        if (isFirst)
        {
            _flightBegan = _deliveredAt = now;
        }

        chunk.SentAt = now;
        chunk.Delivered = Delivered;
        chunk.DeliveredAt = _deliveredAt;
        chunk.FlightBegan = _flightBegan;
        chunk.IsAppLimited = IsAppLimited;
    }

    public void BeginAck()
    {
        _hasNewest = false;
        Rtt = 0;
    }

    /// <summary>A chunk was delivered.</summary>
    public void Deliver(in SentChunk chunk, long now)
    {
        Delivered += chunk.Length;
        if (chunk.State == SentState.InFlight && (!_hasNewest || SerialNumber.IsAfter(chunk.Packet, _newest.Packet)))
        {
            _newest = chunk;
            _hasNewest = true;
            Rtt = chunk.Transmissions == 1 ? Math.Max(now - chunk.SentAt, 1) : 0;
        }
    }

    /// <summary>The rate, in bytes a second; 0 if this acknowledgement says nothing of it.</summary>
    public long EndAck(long now)
    {
        _deliveredAt = now;
        if (!_hasNewest)
        {
            return 0;
        }

        _flightBegan = _newest.SentAt;
        var time = Math.Max(_newest.SentAt - _newest.FlightBegan, now - _newest.DeliveredAt);
        return time <= 0 ? 0 : (long)((double)(Delivered - _newest.Delivered) * Second / time);
    }
}
