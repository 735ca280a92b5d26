namespace Loop.Sdk.Server.Presence;

/// <summary>The rule of the application's own topics.</summary>
internal sealed class TopicScopeRule(string kind, Func<LoopSession, string, bool>? allow) : PresenceScopeRule(kind)
{
    public override ValueTask<PresenceGrant?> EnterAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult(Decide(session, name));

    public override ValueTask<PresenceGrant?> WatchAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult(Decide(session, name));

    private PresenceGrant? Decide(LoopSession session, string name) =>
        session.PrincipalId.Length > 0 && allow?.Invoke(session, name) != false ? new PresenceGrant { User = session.PrincipalId } : null;
}
