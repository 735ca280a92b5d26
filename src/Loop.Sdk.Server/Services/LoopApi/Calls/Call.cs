namespace Loop.Sdk.Server.LoopApi;

/// <summary>A call: what has happened in it, and who is connected to it. Safe for concurrent use.</summary>
internal sealed class Call(CallTerms terms, LoopHttpApiOptions options, TimeProvider time, Action<string> ended) : IDisposable
{
    private const string Progress = "progress";

    private readonly Lock _lock = new();
    private readonly List<ICallListener> _listeners = [];
    private readonly List<ITimer> _timers = [];
    private CallFacts _facts;
    private string? _reason;
    private bool _isOver;

    public CallTerms Terms => terms;

    /// <summary>Whether it has been ended, or is over. Clients that ask are not told of it any more.</summary>
    public bool IsTerminated
    {
        get
        {
            lock (_lock)
            {
                return _isOver;
            }
        }
    }

    private string State => _isOver ? CallStates.Terminated : CallStates.Of(_facts);

    /// <summary>A device is connected. It is told the state that there was before.</summary>
    public void Enter(ICallListener listener)
    {
        lock (_lock)
        {
            var before = State;
            if (before == CallStates.Init)
            {
                StartTimers(listener.Party);
            }

            listener.Tell(new CallNews("hello", before, _reason, IsLast: false));
            if (!_isOver)
            {
                _listeners.Add(listener);
            }

            if (before == CallStates.Init)
            {
                Advance(listener.Party == CallParty.Caller ? CallFacts.CallerIsThere : CallFacts.CalleeIsThere);
            }
        }
    }

    /// <summary>A device is gone. With the last one of a party, the call ends.</summary>
    public void Leave(ICallListener listener)
    {
        lock (_lock)
        {
            if (_listeners.Remove(listener) && !_listeners.Exists(other => other.Party == listener.Party))
            {
                Terminate("closed");
            }
        }
    }

    /// <summary>A device did something.</summary>
    /// <returns>Whether that was possible in the state that the call is in, which is given too.</returns>
    public bool TryAct(ICallListener listener, string action, string? reason, out string state)
    {
        lock (_lock)
        {
            state = State;
            switch (action)
            {
                case "terminate" when !_isOver:
                    Terminate(reason);
                    return true;
                case "accept" when state == CallStates.Alerting && listener.Party == CallParty.Callee:
                    Accept(listener);
                    return true;
                case "media-up" when state is CallStates.Connecting or CallStates.HalfConnected:
                    Advance(listener.Party == CallParty.Caller ? CallFacts.CallerHasMedia : CallFacts.CalleeHasMedia);
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>The call's time is over, whatever its state.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            Terminate("timeout");
            _timers.ForEach(static timer => timer.Dispose());
            _timers.Clear();
        }
    }

    // The callee's other devices need not ring any more.
    private void Accept(ICallListener listener)
    {
        foreach (var other in _listeners.Where(other => other.Party == CallParty.Callee && other != listener).ToList())
        {
            _listeners.Remove(other);
            other.Tell(new CallNews(Progress, CallStates.Terminated, "answered-elsewhere", IsLast: true));
        }

        Start(options.ConnectionTimeout, CallStates.Connecting, CallStates.HalfConnected);
        Advance(CallFacts.Accepted);
    }

    private void Advance(CallFacts fact)
    {
        var before = State;
        _facts |= fact;
        var state = State;
        if (state == before)
        {
            return;
        }

        var isLast = state == CallStates.Connected;
        _listeners.ForEach(listener => listener.Tell(new CallNews(Progress, state, null, isLast)));
        if (isLast)
        {
            _listeners.Clear();
            ended("connected");
        }
    }

    private void Terminate(string? reason)
    {
        if (_isOver)
        {
            return;
        }

        _reason = reason;
        _isOver = true;
        _listeners.ForEach(listener => listener.Tell(new CallNews(Progress, CallStates.Terminated, reason, IsLast: true)));
        _listeners.Clear();
        if (_facts != Complete)
        {
            ended(reason is "timeout" or "closed" ? reason : "terminated");
        }
    }

    private static CallFacts Complete =>
        CallFacts.CallerIsThere | CallFacts.CalleeIsThere | CallFacts.Accepted | CallFacts.CallerHasMedia | CallFacts.CalleeHasMedia;

    private void StartTimers(CallParty party)
    {
        Start(options.SupervisoryTimeout, CallStates.Init);
        if (party == CallParty.Callee)
        {
            Start(options.RingingTimeout, CallStates.Init, CallStates.Alerting);
        }
    }

    private void Start(TimeSpan timeout, params string[] states) => _timers.Add(time.CreateTimer(
        _ =>
        {
            lock (_lock)
            {
                if (!_isOver && states.Contains(State))
                {
                    Terminate("timeout");
                }
            }
        },
        state: null,
        timeout,
        Timeout.InfiniteTimeSpan));
}
