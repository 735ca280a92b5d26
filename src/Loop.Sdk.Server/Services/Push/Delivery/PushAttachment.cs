using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Push;

/// <summary>One connection's being an agent, until it goes, or another connection is the same agent.</summary>
internal sealed class PushAttachment(PushCore core, string agent)
{
    private readonly Lock _lock = new();
    private PushRoute? _route;
    private string? _over;

    public string Agent { get; } = agent;

    /// <summary>Why it is over; null while it is not.</summary>
    public string? Over => Volatile.Read(ref _over);

    /// <summary>The open route, if there is one.</summary>
    public PushRoute? Route => Volatile.Read(ref _route);

    /// <summary>Opens a route. One that was open ends.</summary>
    /// <exception cref="LoopException">The code that the attachment ended with.</exception>
    public PushRoute Open(PushUrgency urgency, int pageSize)
    {
        lock (_lock)
        {
            Check();
            _route?.End(ErrorCodes.AgentReplaced);
            _route = new PushRoute(core, Agent, urgency, pageSize);
            return _route;
        }
    }

    /// <summary>Closes a route, if it is still the open one.</summary>
    public void Close(PushRoute route)
    {
        lock (_lock)
        {
            _route = _route == route ? null : _route;
        }
    }

    public void End(string code)
    {
        lock (_lock)
        {
            _over ??= code;
            _route?.End(code);
            _route = null;
        }
    }

    /// <exception cref="LoopException">The code that the attachment ended with.</exception>
    public void Check()
    {
        if (Over is { } code)
        {
            throw PushErrors.Of(code);
        }
    }
}
