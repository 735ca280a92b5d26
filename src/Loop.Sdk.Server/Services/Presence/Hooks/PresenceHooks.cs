using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>Tells the observers. Called under the locks of scopes, so nothing is done here but queueing.</summary>
internal sealed class PresenceHooks(IEnumerable<IPresenceObserver> observers, PresenceCore core)
{
    private readonly HookQueue[] _queues = [.. observers.Select(observer => new HookQueue(observer, core))];

    public void Entered(string scope, Member member, bool isFirst)
    {
        foreach (var queue in _queues)
        {
            if (isFirst)
            {
                queue.Add(observer => observer.ScopeOpenedAsync(scope));
            }

            queue.Add(observer => observer.MemberEnteredAsync(scope, member.Shown, member.Local is not null));
        }
    }

    public void Updated(string scope, Member member)
    {
        foreach (var queue in _queues)
        {
            queue.Add(observer => observer.MemberUpdatedAsync(scope, member.Shown, member.Local is not null));
        }
    }

    public void Left(string scope, Member member, LeaveReason reason, bool isLast)
    {
        foreach (var queue in _queues)
        {
            queue.Add(observer => observer.MemberLeftAsync(scope, member.Shown, reason, member.Local is not null));
            if (isLast)
            {
                queue.Add(observer => observer.ScopeEmptyAsync(scope));
            }
        }
    }
}
