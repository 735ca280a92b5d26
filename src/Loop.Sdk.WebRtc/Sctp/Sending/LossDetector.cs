namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>
/// Finds what is lost, by what was sent later and has arrived (as RFC 8985 does for TCP): a chunk is lost if three packets sent after it have arrived, or, once the path was seen to reorder,
/// if it is a quarter of a round trip overdue. Chunks that were sent again are no different.
/// </summary>
internal sealed class LossDetector(SentRing sent, TimerSet timers)
{
    private const int Overtaken = 3;
    private const int MaxPatience = 8;

    private uint _newestPacket;
    private long _newestRtt;
    private bool _reorders;
    private int _patience;
    private long _overdue;

    public void Reset()
    {
        _newestPacket = 0;
        _newestRtt = 0;
        _reorders = false;
        _patience = 1;
        timers.Clear(TimerKind.Reordering);
    }

    /// <summary>A chunk under way has arrived.</summary>
    public void Deliver(in SentChunk chunk, long now, long minRtt)
    {
        var rtt = now - chunk.SentAt;
        if (chunk.Transmissions > 1 && rtt < minRtt)
        {
            // What arrived was sent earlier.
            return;
        }

        if (SerialNumber.IsAfter(chunk.Packet, _newestPacket))
        {
            _newestPacket = chunk.Packet;
            _newestRtt = rtt;
        }
        else if (chunk.Transmissions == 1 && chunk.Packet != _newestPacket)
        {
            _reorders = true;
        }
    }

    /// <summary>A chunk that was taken for lost has arrived, or one has arrived twice.</summary>
    public void AddMistake()
    {
        _reorders = true;
        _patience = Math.Min(_patience + 1, MaxPatience);
    }

    /// <summary>Marks what is lost; gives back how many bytes.</summary>
    public long Detect(long now, long minRtt, long smoothedRtt)
    {
        timers.Clear(TimerKind.Reordering);
        _overdue = _newestRtt + Math.Min(_patience * minRtt / 4, Math.Max(smoothedRtt, minRtt));
        var lost = 0L;
        while (sent.HasInFlight)
        {
            var tsn = sent.Oldest;
            ref var chunk = ref sent[tsn];
            var overtaken = SerialNumber.Distance(_newestPacket, chunk.Packet);
            if (overtaken <= 0)
            {
                break;
            }

            if ((_reorders || overtaken < Overtaken) && now - chunk.SentAt < _overdue)
            {
                timers.Set(TimerKind.Reordering, chunk.SentAt + _overdue);
                break;
            }

            lost += chunk.Length;
            sent.Move(tsn, SentState.Lost);
        }

        return lost;
    }
}
