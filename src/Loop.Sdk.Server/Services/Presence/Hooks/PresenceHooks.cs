using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>Tells the observers. Called under the locks of scopes, so nothing is done here but queueing.</summary>
internal sealed class PresenceHooks(IEnumerable<IPresenceObserver> observers, PresenceCore core)
{
    private readonly HookQueue[] _queues = [.. observers.Select(observer => new HookQueue(observer, core))];

    public void Entered(ScopeName scope, Member member, bool isFirst)
    {
        foreach (var queue in QueuesFor(scope))
        {
            if (isFirst)
            {
                queue.Add(observer => observer.ScopeOpenedAsync(scope.Text));
            }

            queue.Add(observer => observer.MemberEnteredAsync(scope.Text, member.Shown, member.Local is not null));
        }
    }

    public void Updated(ScopeName scope, Member member)
    {
        foreach (var queue in QueuesFor(scope))
        {
            queue.Add(observer => observer.MemberUpdatedAsync(scope.Text, member.Shown, member.Local is not null));
        }
    }

    public void Left(ScopeName scope, Member member, LeaveReason reason, bool isLast)
    {
        foreach (var queue in QueuesFor(scope))
        {
            queue.Add(observer => observer.MemberLeftAsync(scope.Text, member.Shown, reason, member.Local is not null));
            if (isLast)
            {
                queue.Add(observer => observer.ScopeEmptyAsync(scope.Text));
            }
        }
    }

    // The scopes of an account's devices are the server's own business, but for whoever makes availability of them.
    private HookQueue[] QueuesFor(ScopeName scope)
    {
        if (!scope.IsInternal)
        {
            return _queues;
        }

        core.DevicesChanged?.Invoke(scope.Name);
        return [];
    }
}
