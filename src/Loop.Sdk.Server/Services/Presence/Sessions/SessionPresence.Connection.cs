using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>From connection to connection.</summary>
internal sealed partial class SessionPresence
{
    private ITimer? _grace;
    private bool _isConnected = true;
    private bool _isAway;
    private bool _ended;

    public ValueTask DisconnectedAsync(LoopSession session)
    {
        BeginGrace(ended: false);
        return ValueTask.CompletedTask;
    }

    public ValueTask ResumedAsync(LoopSession session)
    {
        List<Membership> lost;
        lock (_lock)
        {
            _isConnected = true;
            EndGrace();
            _isAway = false;
            lost = [.. _places.Values.Where(static entry => entry.State == MembershipState.Lost)];
        }

        lost.ForEach(Return);
        return ValueTask.CompletedTask;
    }

    public ValueTask EndedAsync(LoopSession session, SessionEnd end)
    {
        if (end.IsGoodbye)
        {
            lock (_lock)
            {
                _ended = true;
                EndGrace();
            }

            EndAll(LeaveReason.Left);
        }
        else
        {
            BeginGrace(ended: true);
        }

        return ValueTask.CompletedTask;
    }

    // A session that ends while it has no connection goes on with the grace that it has.
    private void BeginGrace(bool ended)
    {
        bool isOver;
        lock (_lock)
        {
            _ended |= ended;
            if (_isConnected)
            {
                _isConnected = false;
                if (core.Options.Grace > TimeSpan.Zero)
                {
                    _grace = core.Time.CreateTimer(static presence => ((SessionPresence)presence!).OnGraceOver(), this, core.Options.Grace, Timeout.InfiniteTimeSpan);
                }
            }

            isOver = _grace is null;
        }

        if (isOver)
        {
            OnGraceOver();
        }
    }

    // The lock is held.
    private void EndGrace()
    {
        _grace?.Dispose();
        _grace = null;
    }

    private void OnGraceOver()
    {
        try
        {
            List<Membership> present;
            lock (_lock)
            {
                if (_isConnected)
                {
                    return;
                }

                EndGrace();
                _isAway = true;
                present = [.. _places.Values.Where(static entry => entry.State == MembershipState.Present)];
            }

            present.ForEach(Lose);
            if (_ended)
            {
                EndAll(LeaveReason.Lost);
            }
        }
#pragma warning disable CA1031 // An exception in a timer's callback would end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            core.Log.TickFailed(exception);
        }
    }

    private void EndAll(LeaveReason reason)
    {
        List<Membership> all;
        lock (_lock)
        {
            all = [.. _places.Values];
        }

        all.ForEach(entry => End(entry, reason));
        core.Sessions.Remove(this);
    }

    private void Lose(Membership entry)
    {
        if (!Withdraw(entry, LeaveReason.Lost))
        {
            return;
        }

        bool isBack;
        lock (_lock)
        {
            if (entry.State == MembershipState.Present)
            {
                entry.State = MembershipState.Lost;
                Tell(entry)?.Gone(entry);
            }

            isBack = _isConnected;
        }

        if (isBack)
        {
            // The session came back while it was being lost.
            Return(entry);
        }
    }

    private void Return(Membership entry)
    {
        lock (_lock)
        {
            if (entry.State != MembershipState.Lost)
            {
                return;
            }

            entry.State = MembershipState.Present;
        }

        if (entry.Grant.Ended.IsCancellationRequested || !core.Scopes.Use(entry.Scope, entry, static (hub, entry) => hub.Return(entry)))
        {
            Forget(entry);
            return;
        }

        core.Metrics.Entered("ok");
        lock (_lock)
        {
            if (entry.State == MembershipState.Present)
            {
                Tell(entry)?.Entered(entry);
                return;
            }
        }

        // It was ended meanwhile.
        Withdraw(entry, LeaveReason.Left);
    }
}
