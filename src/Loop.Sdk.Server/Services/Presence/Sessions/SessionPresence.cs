using System.Text.Json;
using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>What a session is present in. It follows the session's connection: a member stays for a grace without one.</summary>
internal sealed partial class SessionPresence(PresenceCore core, LoopSession session) : ISessionObserver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Membership> _places = new(StringComparer.Ordinal);
    private OwnPlaces? _own;
    private int _watched;
    private bool _isDevice;

    public string Id => session.Id;

    public LoopSession Session => session;

    /// <summary>Whether a connection carries the session, as far as this was told.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_lock)
            {
                return _isConnected;
            }
        }
    }

    /// <summary>Where the session is present, for its client to follow.</summary>
    public IFeed<KeyedSnapshot<OwnPlace>, KeyedChange<string, OwnPlace>> Own()
    {
        lock (_lock)
        {
            _own ??= new(
                _places.Values.Where(static entry => entry is { State: MembershipState.Present, Scope.IsInternal: false }).Select(static entry => new OwnPlace(entry.Scope.Text, entry.Id)),
                core.Options.MaxScopesPerSession);
            return _own.Feed;
        }
    }

    /// <summary>Enters a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="data">The data, checked.</param>
    /// <param name="instanceKey">What the client's next session takes the member over with.</param>
    /// <param name="grant">Gives the right to, or refuses it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Member> EnterAsync(
        ScopeName scope, JsonElement? data, string instanceKey, Func<CancellationToken, ValueTask<PresenceGrant>> grant, CancellationToken cancellationToken)
    {
        var entry = new Membership(this, scope, instanceKey) { Data = data };
        Reserve(entry);
        try
        {
            entry.Hold(await grant(cancellationToken).ConfigureAwait(false));
            var member = core.Scopes.Use(scope, entry, static (hub, entry) => (Member: hub.Enter(entry, out var replaced), Replaced: replaced));
            member.Replaced?.Session.Forget(member.Replaced, isTakenOver: true);
            if (member.Member is null)
            {
                throw PresenceErrors.Of(ErrorCodes.ScopeFull);
            }

            core.Metrics.Entered(member.Replaced is null ? "ok" : "taken_over");
            Confirm(entry);
            core.Log.Entered(Id, scope.Kind);
            return member.Member;
        }
        catch (Exception exception)
        {
            End(entry, LeaveReason.Left);
            core.Metrics.Entered(exception is LoopException error ? error.Code : ErrorCodes.Internal);
            throw;
        }
    }

    /// <summary>Gives the session's member other data. False if it has none.</summary>
    public bool TryUpdate(ScopeName scope, JsonElement? data) =>
        Find(scope) is { } entry && core.Scopes.Use(scope, (entry, data), static (hub, update) => hub.Update(update.entry, update.data));

    public void Leave(ScopeName scope)
    {
        if (Find(scope) is not { } entry || !End(entry, LeaveReason.Left))
        {
            throw PresenceErrors.Of(ErrorCodes.NotPresent);
        }
    }

    /// <summary>Ends a membership. False if it was over.</summary>
    public bool End(Membership entry, LeaveReason reason, bool isByOthers = false)
    {
        var left = Withdraw(entry, reason);
        Forget(entry, isByOthers ? reason : null);
        return left;
    }

    /// <summary>A membership is over, and the scope knows it.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="ended">Why, if the client does not know it yet and is to be told.</param>
    /// <param name="isTakenOver">Whether the member is another session's now.</param>
    public void Forget(Membership entry, LeaveReason? ended = null, bool isTakenOver = false)
    {
        lock (_lock)
        {
            entry.State = MembershipState.Over;
            if (_places.GetValueOrDefault(entry.Scope.Text) == entry)
            {
                _places.Remove(entry.Scope.Text);
                if (ended is { } reason)
                {
                    Tell(entry)?.Ended(entry, reason);
                }
                else
                {
                    Tell(entry)?.Gone(entry);
                }
            }
        }

        if (isTakenOver)
        {
            core.Metrics.TakenOver();
        }

        entry.Release();
    }

    /// <summary>The session watches one more scope, until that is given back.</summary>
    public void BeginWatching()
    {
        if (Interlocked.Increment(ref _watched) > core.Options.MaxScopesPerSession)
        {
            EndWatching();
            throw PresenceErrors.Of(ErrorCodes.TooManyScopes);
        }
    }

    public void EndWatching() => Interlocked.Decrement(ref _watched);

    private Membership? Find(ScopeName scope)
    {
        lock (_lock)
        {
            return _places.GetValueOrDefault(scope.Text) is { State: MembershipState.Present } entry ? entry : null;
        }
    }

    private void Reserve(Membership entry)
    {
        lock (_lock)
        {
            if (_ended)
            {
                throw PresenceErrors.Of(ErrorCodes.SessionLost);
            }

            if (_places.TryGetValue(entry.Scope.Text, out var known) && known.State != MembershipState.Lost)
            {
                throw PresenceErrors.Of(ErrorCodes.AlreadyPresent);
            }

            _isDevice |= entry.Scope.IsInternal;
            if (known is null && !entry.Scope.IsInternal && _places.Count - (_isDevice ? 1 : 0) >= core.Options.MaxScopesPerSession)
            {
                throw PresenceErrors.Of(ErrorCodes.TooManyScopes);
            }

            // One that was lost gives way.
            _places[entry.Scope.Text] = entry;
            known?.Release();
        }
    }

    private void Confirm(Membership entry)
    {
        bool isAway, isOver;
        lock (_lock)
        {
            isAway = _isAway;
            isOver = entry.State == MembershipState.Over;
            if (!isOver)
            {
                entry.State = MembershipState.Present;
                Tell(entry)?.Entered(entry);
            }
        }

        if (isOver)
        {
            throw PresenceErrors.Of(_ended ? ErrorCodes.SessionLost : ErrorCodes.NotPresent);
        }

        if (isAway)
        {
            // The grace passed while the rule was asked.
            Lose(entry);
        }

        entry.Listen(static entry => ((Membership)entry!).Session.OnGrantEnded((Membership)entry));
        if (entry.Grant.Ended.IsCancellationRequested)
        {
            throw PresenceErrors.Of(ErrorCodes.ScopeRefused);
        }
    }

    private void OnGrantEnded(Membership entry)
    {
        var reason = entry.Grant.Reason?.Invoke() ?? LeaveReason.Left;

        // What ends because the session did has its grace, so that the client's next session can take it over.
        if (reason == LeaveReason.Kicked || !session.Ended.IsCancellationRequested)
        {
            End(entry, reason, isByOthers: true);
        }
    }

    // The devices of an account are the server's own business.
    private OwnPlaces? Tell(Membership entry) => entry.Scope.IsInternal ? null : _own;

    private bool Withdraw(Membership entry, LeaveReason reason)
    {
        if (!core.Scopes.Use(entry.Scope, (entry, reason), static (hub, leave) => hub.Leave(leave.entry, leave.reason)))
        {
            return false;
        }

        core.Metrics.Left(reason);
        core.Log.Left(Id, entry.Scope.Kind, PresenceMetrics.NameOf(reason));
        return true;
    }
}
