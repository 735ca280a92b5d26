using Loop.Sdk.Presence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Presence;

/// <summary>What all sessions' presence shares.</summary>
internal sealed class PresenceCore
{
    public PresenceCore(
        IOptions<PresenceOptions> options,
        TimeProvider time,
        PresenceMetrics metrics,
        IEnumerable<PresenceScopeRule> rules,
        IEnumerable<IPresenceObserver> observers,
        IEnumerable<IPresenceBackplane> backplanes,
        ILogger<PresenceCore> logger)
    {
        Options = options.Value;
        Time = time;
        Metrics = metrics;
        Log = new PresenceLog(logger);
        Rules = new ScopeRules([.. rules, .. Options.Topics], Log);
        Hooks = new PresenceHooks(observers, this);
        Scopes = new ScopeTable(this);
        Sessions = new SessionTable(this);
        Nodes = backplanes.LastOrDefault() is { } backplane ? new PresenceNodes(this, backplane) : null;
    }

    public PresenceOptions Options { get; }

    public TimeProvider Time { get; }

    public PresenceMetrics Metrics { get; }

    public PresenceLog Log { get; }

    public ScopeRules Rules { get; }

    public PresenceHooks Hooks { get; }

    public ScopeTable Scopes { get; }

    public SessionTable Sessions { get; }

    /// <summary>Told of every account whose devices have changed. Called under the scope's lock.</summary>
    public Action<string>? DevicesChanged { get; set; }

    /// <summary>Told of every account that another node has changed in the store.</summary>
    public Action<NodeAccount>? AccountChanged { get; set; }

    /// <summary>The other nodes; null if there is no way to reach any.</summary>
    public PresenceNodes? Nodes { get; }

    /// <summary>Who is in a scope now.</summary>
    public PresenceSnapshot Read(ScopeName scope) => Scopes.Find(scope.Text)?.Read() ?? new PresenceSnapshot { Members = [], Counts = new(0, 0) };

    /// <summary>Removes somebody. False if nobody has that id.</summary>
    public bool Kick(ScopeName scope, string member, bool wholeUser)
    {
        if (Scopes.Use(scope, (member, wholeUser), static (hub, kick) => hub.Kick(kick.member, kick.wholeUser)) is not { } kicked)
        {
            return false;
        }

        foreach (var gone in kicked)
        {
            if (gone.Local is { } local)
            {
                Metrics.Left(LeaveReason.Kicked);
                Log.Left(local.Session.Id, scope.Kind, PresenceMetrics.NameOf(LeaveReason.Kicked));
                local.Session.Forget(local, LeaveReason.Kicked);
            }
            else
            {
                Nodes?.Kick(scope, gone.Node!, gone.Id);
            }
        }

        return true;
    }
}
