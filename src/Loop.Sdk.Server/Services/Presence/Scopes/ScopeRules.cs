namespace Loop.Sdk.Server.Presence;

/// <summary>The rules, by kind of scope.</summary>
internal sealed class ScopeRules
{
    private const int LongestUser = 128;

    private readonly Dictionary<string, PresenceScopeRule> _rules = new(StringComparer.Ordinal);
    private readonly PresenceLog _log;

    /// <exception cref="InvalidOperationException">There are two rules of one kind.</exception>
    public ScopeRules(IEnumerable<PresenceScopeRule> rules, PresenceLog log)
    {
        _log = log;
        foreach (var rule in rules)
        {
            if (!_rules.TryAdd(rule.Kind, rule))
            {
                throw new InvalidOperationException($"There are two presence rules for scopes of kind '{rule.Kind}'.");
            }
        }
    }

    /// <exception cref="LoopException"><c>scope_refused</c>.</exception>
    public async ValueTask<PresenceGrant> EnterAsync(LoopSession session, ScopeName scope, CancellationToken cancellationToken)
    {
        var grant = Of(scope) is { } rule ? await rule.EnterAsync(session, scope.Name, cancellationToken).ConfigureAwait(false) : null;
        if (grant is { User.Length: 0 or > LongestUser })
        {
            _log.UserMalformed(scope.Kind);
            grant.Released?.Invoke();
            grant = null;
        }

        return grant ?? throw PresenceErrors.Of(ErrorCodes.ScopeRefused);
    }

    /// <exception cref="LoopException"><c>scope_refused</c>.</exception>
    public async ValueTask<PresenceGrant> WatchAsync(LoopSession session, ScopeName scope, CancellationToken cancellationToken) =>
        (Of(scope) is { } rule ? await rule.WatchAsync(session, scope.Name, cancellationToken).ConfigureAwait(false) : null) ?? throw PresenceErrors.Of(ErrorCodes.ScopeRefused);

    /// <exception cref="LoopException"><c>scope_refused</c>.</exception>
    public async ValueTask RequireKickAsync(LoopSession session, ScopeName scope, CancellationToken cancellationToken)
    {
        if (Of(scope) is not { } rule || !await rule.MayKickAsync(session, scope.Name, cancellationToken).ConfigureAwait(false))
        {
            throw PresenceErrors.Of(ErrorCodes.ScopeRefused);
        }
    }

    private PresenceScopeRule? Of(ScopeName scope) => _rules.GetValueOrDefault(scope.Kind);
}
