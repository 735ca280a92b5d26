using Loop.Sdk.Presence;
using Loop.Sdk.Server.Presence;

namespace Loop.Sdk.Server.Tests.Presence.Harness;

/// <summary>A rule that does what the test says. Everybody is shown as <c>~name</c>; <c>mod</c> may kick.</summary>
internal sealed class ScriptedRule() : PresenceScopeRule("club"), IDisposable
{
    private int _held;

    public CancellationTokenSource Ending { get; } = new();

    public LeaveReason Reason { get; set; }

    /// <summary>What entering waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool GivesBadUsers { get; set; }

    /// <summary>How many rights were given and not given back.</summary>
    public int Held => Volatile.Read(ref _held);

    public override async ValueTask<PresenceGrant?> EnterAsync(LoopSession session, string name, CancellationToken cancellationToken)
    {
        await Gate;
        return Grant(session);
    }

    public override ValueTask<PresenceGrant?> WatchAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult<PresenceGrant?>(Grant(session));

    public override ValueTask<bool> MayKickAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult(session.PrincipalId == "mod");

    public void Dispose() => Ending.Dispose();

    private PresenceGrant Grant(LoopSession session)
    {
        Interlocked.Increment(ref _held);
        return new PresenceGrant
        {
            User = GivesBadUsers ? "" : "~" + session.PrincipalId,
            Ended = Ending.Token,
            Reason = () => Reason,
            Released = () => Interlocked.Decrement(ref _held),
        };
    }
}
