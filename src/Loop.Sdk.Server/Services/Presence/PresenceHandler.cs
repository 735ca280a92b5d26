using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>One session's calls to <c>loop.presence/1</c>.</summary>
internal sealed class PresenceHandler(PresenceCore core, LoopSession session) : IPresence
{
    private readonly SessionPresence _session = core.Sessions.Of(session);

    public async Task<EnteredScope> EnterAsync(EnterScope entry, CancellationToken cancellationToken)
    {
        var scope = ScopeName.Parse(RequestCheck.Some(entry).Scope);
        var data = PresenceRequests.Data(entry.Data, core.Options.MaxData);
        var key = PresenceRequests.InstanceKey(entry.Instance);
        var member = await _session.EnterAsync(scope, data, key, cancellation => core.Rules.EnterAsync(session, scope, cancellation), cancellationToken).ConfigureAwait(false);
        return new EnteredScope(member.Shown);
    }

    public Task UpdateAsync(UpdateMember update, CancellationToken cancellationToken)
    {
        var scope = ScopeName.Parse(RequestCheck.Some(update).Scope);
        return _session.TryUpdate(scope, PresenceRequests.Data(update.Data, core.Options.MaxData)) ? Task.CompletedTask : throw PresenceErrors.Of(ErrorCodes.NotPresent);
    }

    public Task LeaveAsync(ScopeRef scope, CancellationToken cancellationToken)
    {
        _session.Leave(ScopeName.Parse(RequestCheck.Some(scope).Scope));
        return Task.CompletedTask;
    }

    public IFeed<PresenceSnapshot, PresenceDiff> Watch(WatchScope scope)
    {
        var name = ScopeName.Parse(RequestCheck.Some(scope).Scope);
        return new GatedFeed<PresenceSnapshot, PresenceDiff>(cancellationToken => OpenAsync(name, cancellationToken));
    }

    public async Task<PresenceSnapshot> GetAsync(ScopeRef scope, CancellationToken cancellationToken)
    {
        var name = ScopeName.Parse(RequestCheck.Some(scope).Scope);
        (await core.Rules.WatchAsync(session, name, cancellationToken).ConfigureAwait(false)).Released?.Invoke();
        return core.Read(name);
    }

    public async Task KickAsync(KickMember kick, CancellationToken cancellationToken)
    {
        var scope = ScopeName.Parse(RequestCheck.Some(kick).Scope);
        var member = PresenceRequests.Member(kick.Member);
        await core.Rules.RequireKickAsync(session, scope, cancellationToken).ConfigureAwait(false);
        if (!core.Kick(scope, member, kick.WholeUser))
        {
            throw PresenceErrors.Of(ErrorCodes.NotPresent);
        }
    }

    public IFeed<KeyedSnapshot<OwnPlace>, KeyedChange<string, OwnPlace>> Own() => _session.Own();

    private async ValueTask<FeedGrant<PresenceSnapshot, PresenceDiff>> OpenAsync(ScopeName scope, CancellationToken cancellationToken)
    {
        _session.BeginWatching();
        try
        {
            var grant = await core.Rules.WatchAsync(session, scope, cancellationToken).ConfigureAwait(false);
            var hub = core.Scopes.Acquire(scope);
            return new(hub.Feed, static () => PresenceErrors.Of(ErrorCodes.ScopeRefused), Release, grant.Ended);

            void Release()
            {
                core.Scopes.Release(hub);
                _session.EndWatching();
                grant.Released?.Invoke();
            }
        }
        catch
        {
            _session.EndWatching();
            throw;
        }
    }
}
