using System.Buffers.Binary;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

// Which path is taken, and whether it still carries.
internal sealed partial class IceAgent
{
    // Everything that follows from what has just changed.
    private void Advance(long now)
    {
        Nominate(now);
        var started = _current.StartedAt;
        if (_current.Best is null && started <= now && (now - started >= IceTiming.Timeout || (now - started >= IceTiming.Patience && _current.AreAllFailed)))
        {
            _current.HasFailed = true;
        }

        var pair = PathPair;
        var path = pair?.Path ?? default;
        if (path.Socket != Path.Socket || path.Remote != Path.Remote)
        {
            Path = path;
            Raise(IceEventKind.PathChanged);
            if (pair is not null)
            {
                pair.NextCheck = Math.Min(pair.NextCheck, now + Jitter(IceTiming.Consent));
            }
        }

        var state = pair is not null ? pair.UnansweredSince <= now - IceTiming.Disconnected ? IceState.Disconnected : IceState.Connected
            : _current.HasFailed ? IceState.Failed
            : _current.Remote is not null ? IceState.Checking
            : IceState.New;
        if (state != State)
        {
            State = state;
            Raise(IceEventKind.StateChanged);
        }
    }

    // Regular nomination, again whenever the path must be another: RFC 8445 wants a restart for that, but the agents of browsers nominate again as well, and take it from others.
    private void Nominate(long now)
    {
        _nominateAt = long.MaxValue;
        if (Role == IceRole.Controlled || _current.HasFailed || _nominating?.IsAlive(now) == true)
        {
            return;
        }

        if (BestAlive(now, out var isBetterOpen) is not { } best || best == _current.Selected || !IsWorthwhile(best, isBetterOpen, now))
        {
            return;
        }

        if (_nominating is not null && _nominating != _current.Selected)
        {
            _nominating.IsNominated = false;
        }

        _nominating = best;
        best.IsNominated = best.IsTriggered = true;
    }

    private bool IsWorthwhile(CandidatePair best, bool isBetterOpen, long now)
    {
        if (_current.Selected is not { } selected)
        {
            var until = _current.FirstValidAt + (best.IsDirect ? IceTiming.DirectPatience : IceTiming.RelayPatience);
            if (isBetterOpen && now < until)
            {
                _nominateAt = until;
                return false;
            }

            return true;
        }

        return selected.UnansweredSince <= now - IceTiming.Suspicion ? best.LastAnswer > selected.UnansweredSince : best.IsDirect && !selected.IsDirect;
    }

    private CandidatePair? BestAlive(long now, out bool isBetterOpen)
    {
        isBetterOpen = false;
        foreach (var pair in _current.Pairs)
        {
            if (pair.IsAlive(now))
            {
                return pair;
            }

            isBetterOpen |= pair.State is PairState.Waiting or PairState.InProgress;
        }

        return null;
    }

    // Of nominations that come together, as from ends that nominate everything, the best counts; of later ones, the last.
    private void FollowNomination(CandidatePair pair, long now)
    {
        if (_current.Selected is not { } selected || selected.Priority < pair.Priority || now - selected.NominatedAt >= IceTiming.NominationSettles || !selected.IsAlive(now))
        {
            Select(pair, now);
        }
    }

    private void Select(CandidatePair pair, long now)
    {
        if (_current.Selected is { } old && old != pair)
        {
            old.IsNominated = false;
        }

        _current.Selected = pair;
        _nominating = null;
        _previousUntil = _previous is null ? long.MaxValue : Math.Min(_previousUntil, now + IceTiming.Retirement);
    }

    // Without consent nothing may be sent (RFC 7675); long before that, others are tried.
    private void Watch(CandidatePair path, long now)
    {
        if (path.LastAnswer + IceTiming.ConsentLifetime <= now)
        {
            Fail(path);
            if (_current.Selected == path)
            {
                _current.Selected = null;
            }
            else if (_previous?.Best is null || _previous.Selected == path)
            {
                _previous = null;
                _previousUntil = long.MaxValue;
            }
        }
        else if (path.UnansweredSince <= now - IceTiming.Suspicion && _reviveAt <= now)
        {
            _reviveAt = now + IceTiming.Disconnected;
            foreach (var pair in _current.Pairs)
            {
                if (pair.State == PairState.Failed)
                {
                    pair.Retry();
                }
                else if (pair != path && pair.State == PairState.Succeeded)
                {
                    pair.NextCheck = now;
                }
            }
        }
    }

    private long NextOf(CandidatePair pair) => pair.State switch
    {
        _ when pair.IsTriggered => Math.Max(0, _paceAt),
        PairState.Waiting => Math.Max(0, _paceAt),
        PairState.Failed => long.MaxValue,
        _ => pair.IsExhausted ? pair.NextCheck : Math.Max(pair.NextCheck, _paceAt),
    };

    private long NextOfPath(CandidatePair path)
    {
        var next = Math.Min(path.LastAnswer + IceTiming.ConsentLifetime, Math.Max(path.IsTriggered ? 0 : path.NextCheck, _paceAt));
        if (path.Unanswered == 0)
        {
            return next;
        }

        next = Math.Min(next, Math.Max(path.UnansweredSince + IceTiming.Suspicion, _reviveAt));
        return State == IceState.Connected ? Math.Min(next, path.UnansweredSince + IceTiming.Disconnected) : next;
    }

    // Give or take a fifth, so that many connections do not send at once.
    private long Jitter(long interval)
    {
        Span<byte> bytes = stackalloc byte[4];
        _settings.Random(bytes);
        return (interval * 4 / 5) + (long)(interval * 2 / 5 * (BinaryPrimitives.ReadUInt32LittleEndian(bytes) / (double)uint.MaxValue));
    }

    private void Raise(IceEventKind kind, TransportAddress address = default) => _events.Enqueue(new IceEvent(kind, State, Path, address));
}
