namespace Loop.Sdk.Server.Presence;

/// <summary>The scopes that somebody is in, watches, or is just using.</summary>
internal sealed class ScopeTable(PresenceCore core)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ScopeHub> _hubs = new(StringComparer.Ordinal);

    /// <summary>All scopes, at no particular moment.</summary>
    public IReadOnlyList<ScopeHub> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _hubs.Values];
            }
        }
    }

    public ScopeHub? Find(string scope)
    {
        lock (_lock)
        {
            return _hubs.GetValueOrDefault(scope);
        }
    }

    /// <summary>Gives a scope, to be released. Whoever changes it has to hold it.</summary>
    public ScopeHub Acquire(ScopeName scope)
    {
        lock (_lock)
        {
            if (!_hubs.TryGetValue(scope.Text, out var hub))
            {
                hub = new ScopeHub(core, scope);
                _hubs.Add(scope.Text, hub);
            }

            hub.Uses++;
            return hub;
        }
    }

    public void Release(ScopeHub hub)
    {
        lock (_lock)
        {
            if (--hub.Uses > 0 || hub.MemberCount > 0)
            {
                return;
            }

            _hubs.Remove(hub.Scope.Text);
        }

        hub.Dispose();
    }

    /// <summary>Does something with a scope.</summary>
    public TResult Use<TState, TResult>(ScopeName scope, TState state, Func<ScopeHub, TState, TResult> use)
    {
        var hub = Acquire(scope);
        try
        {
            return use(hub, state);
        }
        finally
        {
            Release(hub);
        }
    }
}
