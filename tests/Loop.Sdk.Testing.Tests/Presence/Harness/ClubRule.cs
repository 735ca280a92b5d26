using Loop.Sdk.Presence;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Presence;

namespace Loop.Sdk.Testing.Tests.Presence.Harness;

/// <summary>A rule that does what the test says. <c>mod</c> may kick.</summary>
internal sealed class ClubRule() : PresenceScopeRule("club"), IDisposable
{
    private int _asked;

    public CancellationTokenSource Ending { get; set; } = new();

    public LeaveReason Reason { get; set; }

    /// <summary>How often somebody wanted to enter.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What those who want to enter are told, or null if they may.</summary>
    public Func<int, LoopException?>? Refusal { get; set; }

    public override ValueTask<PresenceGrant?> EnterAsync(LoopSession session, string name, CancellationToken cancellationToken) =>
        Refusal?.Invoke(Interlocked.Increment(ref _asked)) is { } refusal ? throw refusal : ValueTask.FromResult<PresenceGrant?>(Grant(session));

    public override ValueTask<PresenceGrant?> WatchAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult<PresenceGrant?>(Grant(session));

    public override ValueTask<bool> MayKickAsync(LoopSession session, string name, CancellationToken cancellationToken) => ValueTask.FromResult(session.PrincipalId == "mod");

    public void Dispose() => Ending.Dispose();

    private PresenceGrant Grant(LoopSession session) => new() { User = session.PrincipalId, Ended = Ending.Token, Reason = () => Reason };
}
