using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <content>What the peer says that it has.</content>
internal sealed partial class Sender
{
    /// <summary>Takes a SACK; false if it is malformed or says what cannot be.</summary>
    public bool Acknowledge(ReadOnlySpan<byte> value, long now)
    {
        const int fixedSize = 12;
        if (value.Length < fixedSize)
        {
            return false;
        }

        var cumulative = BinaryPrimitives.ReadUInt32BigEndian(value);
        int gaps = BinaryPrimitives.ReadUInt16BigEndian(value[8..]);
        int duplicates = BinaryPrimitives.ReadUInt16BigEndian(value[10..]);
        if (sizeof(uint) * (gaps + duplicates) > value.Length - fixedSize || !SerialNumber.IsAfter(_sent.Next, cumulative))
        {
            return false;
        }

        if (SerialNumber.IsAfter(_sent.Cumulative, cumulative))
        {
            return true;
        }

        var wasClosed = _peerWindow < Congestion.PacketSize && Rtt.IsBackedOff;
        _peerWindow = BinaryPrimitives.ReadUInt32BigEndian(value[4..]);
        var delivered = _rate.Delivered;
        _rate.BeginAck();
        var hasAdvanced = AcknowledgeCumulative(cumulative, now);
        AcknowledgeGaps(value.Slice(fixedSize, sizeof(uint) * gaps), now);
        if (duplicates > 0)
        {
            _losses.AddMistake();
        }

        Conclude(delivered, hasAdvanced, now);
        if (wasClosed && _peerWindow >= Congestion.PacketSize)
        {
            // Whatever reached the closed window was thrown away: the timeout need not be waited for.
            _sent.LoseAll();
        }

        return true;
    }

    /// <summary>Takes the cumulative acknowledgement of a SHUTDOWN.</summary>
    public void AcknowledgeShutdown(uint cumulative, long now)
    {
        if (SerialNumber.IsAfter(_sent.Next, cumulative) && SerialNumber.IsAfter(cumulative, _sent.Cumulative))
        {
            var delivered = _rate.Delivered;
            _rate.BeginAck();
            Conclude(delivered, AcknowledgeCumulative(cumulative, now), now);
        }
    }

    private bool AcknowledgeCumulative(uint cumulative, long now)
    {
        var hasAdvanced = cumulative != _sent.Cumulative;
        while (cumulative != _sent.Cumulative)
        {
            var tsn = _sent.Cumulative + 1;
            Deliver(tsn, now);
            _queue.Release(_sent[tsn].Message);
            _sent.RemoveFirst();
        }

        // What comes next was acknowledged before and is not any more: the peer threw it away, and perhaps more (RFC 9260, section 6.2.1).
        if (_sent.Count > 0 && _sent[_sent.Cumulative + 1].State == SentState.Acknowledged)
        {
            _blocks.Clear();
            for (var tsn = _sent.Cumulative + 1; tsn != _sent.Next; tsn++)
            {
                if (_sent[tsn].State == SentState.Acknowledged)
                {
                    _sent.Move(tsn, SentState.Lost);
                }
            }
        }

        return hasAdvanced;
    }

    private void AcknowledgeGaps(ReadOnlySpan<byte> gaps, long now)
    {
        _blocks.Begin();
        var previous = _sent.Cumulative;
        for (; !gaps.IsEmpty; gaps = gaps[sizeof(uint)..])
        {
            var first = _sent.Cumulative + BinaryPrimitives.ReadUInt16BigEndian(gaps);
            var last = _sent.Cumulative + BinaryPrimitives.ReadUInt16BigEndian(gaps[2..]);
            if (!SerialNumber.IsAfter(first, previous) || SerialNumber.IsAfter(first, last) || !SerialNumber.IsAfter(_sent.Next, last))
            {
                break;
            }

            _blocks.Add(first, last);
            previous = last;
            for (var tsn = first; _blocks.TryTakeNew(ref tsn, last, out var newLast);)
            {
                for (; SerialNumber.IsAtOrBefore(tsn, newLast); tsn++)
                {
                    Deliver(tsn, now);
                }
            }
        }

        _blocks.End();
    }

    private void Deliver(uint tsn, long now)
    {
        ref var chunk = ref _sent[tsn];
        switch (chunk.State)
        {
            case SentState.InFlight:
                _rate.Deliver(chunk, now);
                _losses.Deliver(chunk, now, Congestion.MinRtt);
                _sent.Move(tsn, SentState.Acknowledged);
                break;
            case SentState.Lost:
                _rate.Deliver(chunk, now);
                _losses.AddMistake();
                _sent.Move(tsn, SentState.Acknowledged);
                break;
        }
    }

    private void Conclude(long deliveredBefore, bool hasAdvanced, long now)
    {
        var acked = _rate.Delivered - deliveredBefore;
        if (acked > 0)
        {
            var rate = _rate.EndAck(now);
            if (_rate.Rtt > 0)
            {
                AddRtt(_rate.Rtt);
            }

            var lost = _losses.Detect(now, Congestion.MinRtt, Rtt.Smoothed);
            Congestion.Add(new AckSample
            {
                Now = now,
                Acked = acked,
                Lost = lost,
                Delivered = _rate.Delivered,
                PriorDelivered = _rate.PriorDelivered,
                Rate = rate,
                IsAppLimited = _rate.WasAppLimited,
                Rtt = _rate.Rtt,
                IsWindowLimited = _wasBlocked,
            });
            _wasBlocked = false;
            _isProbing = false;
            _probes = 0;
            _timers.Set(TimerKind.TailProbe, TailProbeAt(now));
        }

        _forward.Advance();
        if (_sent.Count == 0)
        {
            _timers.Clear(TimerKind.Retransmission);
        }
        else if (hasAdvanced)
        {
            var estimator = Rtt;
            estimator.EndBackOff();
            Rtt = estimator;
            _timers.Set(TimerKind.Retransmission, now + Rtt.Timeout);
        }
    }
}
