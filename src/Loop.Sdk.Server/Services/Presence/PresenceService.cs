using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>Presence for the host itself: it may see and do everything. Safe for concurrent use.</summary>
public sealed class PresenceService
{
    private readonly PresenceCore _core;

    internal PresenceService(PresenceCore core) => _core = core;

    /// <summary>The scopes that somebody is in.</summary>
    public IReadOnlyList<string> Scopes => [.. _core.Scopes.All.Where(static hub => hub.MemberCount > 0 && !hub.Scope.IsInternal).Select(static hub => hub.Scope.Text)];

    /// <summary>Who is in a scope now.</summary>
    /// <param name="scope">The scope, as <c>kind:name</c>.</param>
    /// <exception cref="LoopException"><c>invalid_scope</c>.</exception>
    public PresenceSnapshot Get(string scope) => _core.Read(ScopeName.Parse(scope));

    /// <summary>Who is in a scope, and every change.</summary>
    /// <param name="scope">The scope, as <c>kind:name</c>.</param>
    /// <exception cref="LoopException"><c>invalid_scope</c>.</exception>
    public IFeed<PresenceSnapshot, PresenceDiff> Watch(string scope)
    {
        var name = ScopeName.Parse(scope);
        return new GatedFeed<PresenceSnapshot, PresenceDiff>(_ =>
        {
            var hub = _core.Scopes.Acquire(name);
            return ValueTask.FromResult(new FeedGrant<PresenceSnapshot, PresenceDiff>(
                hub.Feed, static () => PresenceErrors.Of(ErrorCodes.ScopeRefused), () => _core.Scopes.Release(hub)));
        });
    }

    /// <summary>Ends a membership, with the reason <see cref="LeaveReason.Kicked"/>. If another node has its session, that node is told to.</summary>
    /// <param name="scope">The scope, as <c>kind:name</c>.</param>
    /// <param name="member">The member's id.</param>
    /// <param name="wholeUser">Whether every member of the same user goes.</param>
    /// <returns>Whether there was such a member.</returns>
    /// <exception cref="LoopException"><c>invalid_scope</c>.</exception>
    public bool Kick(string scope, string member, bool wholeUser = false)
    {
        ArgumentNullException.ThrowIfNull(member);
        return _core.Kick(ScopeName.Parse(scope), member, wholeUser);
    }
}
