using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>
/// Follows every scope of a server: add it to the services as a singleton <see cref="IPresenceObserver"/>. The methods are called one after the other, in the order in which things
/// happened, and hold up nobody; what is thrown is logged. What happens while <see cref="PresenceOptions.MaxObserverQueue"/> calls wait is left out, and counted. Unlike in diffs,
/// nothing is gathered.
/// </summary>
public interface IPresenceObserver
{
    /// <summary>Somebody is in a scope that was empty.</summary>
    /// <param name="scope">The scope, as <c>kind:name</c>.</param>
    ValueTask ScopeOpenedAsync(string scope) => ValueTask.CompletedTask;

    /// <summary>A member has entered.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="member">The member.</param>
    /// <param name="isLocal">Whether this node has its session. Of several nodes exactly one has.</param>
    ValueTask MemberEnteredAsync(string scope, PresenceMember member, bool isLocal) => ValueTask.CompletedTask;

    /// <summary>A member has other data.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="member">The member, as it is now.</param>
    /// <param name="isLocal">Whether this node has its session.</param>
    ValueTask MemberUpdatedAsync(string scope, PresenceMember member, bool isLocal) => ValueTask.CompletedTask;

    /// <summary>A member is gone.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="member">The member, as it was.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isLocal">Whether this node had its session.</param>
    ValueTask MemberLeftAsync(string scope, PresenceMember member, LeaveReason reason, bool isLocal) => ValueTask.CompletedTask;

    /// <summary>Nobody is in a scope any more.</summary>
    /// <param name="scope">The scope.</param>
    ValueTask ScopeEmptyAsync(string scope) => ValueTask.CompletedTask;
}
