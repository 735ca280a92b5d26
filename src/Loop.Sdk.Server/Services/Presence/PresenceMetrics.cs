using System.Diagnostics.Metrics;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Presence;

/// <summary>Presence's part of the server's meter.</summary>
internal sealed class PresenceMetrics
{
    private readonly Counter<long> _enters;
    private readonly Counter<long> _left;
    private readonly UpDownCounter<long> _members;
    private readonly Counter<long> _diffs;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _wholes;

    public PresenceMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(LoopServerMetrics.Name);
        _enters = meter.CreateCounter<long>("loop.server.presence.enters", "{enter}", "Attempts to enter a scope, by outcome.");
        _left = meter.CreateCounter<long>("loop.server.presence.left", "{member}", "Members of this server's sessions that are gone, by reason.");
        _members = meter.CreateUpDownCounter<long>("loop.server.presence.members", "{member}", "Members of this server's sessions.");
        _diffs = meter.CreateCounter<long>("loop.server.presence.diffs", "{diff}", "Diffs that were made, each for all who watch.");
        _dropped = meter.CreateCounter<long>("loop.server.presence.observer_dropped", "{call}", "What an observer was too slow to be told.");
        _wholes = meter.CreateCounter<long>("loop.server.presence.node_wholes", "{whole}", "How often another node had to be told everything.");
    }

    public void Entered(string outcome)
    {
        _enters.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));
        if (outcome is "ok" or "taken_over")
        {
            _members.Add(1);
        }
    }

    public void Left(LeaveReason reason)
    {
        _left.Add(1, KeyValuePair.Create<string, object?>("reason", NameOf(reason)));
        _members.Add(-1);
    }

    /// <summary>A session's member is another session's now.</summary>
    public void TakenOver() => _members.Add(-1);

    public void Published() => _diffs.Add(1);

    public void Dropped() => _dropped.Add(1);

    public void SentWhole() => _wholes.Add(1);

    public static string NameOf(LeaveReason reason) => reason switch
    {
        LeaveReason.Left => "left",
        LeaveReason.Lost => "lost",
        LeaveReason.Kicked => "kicked",
        _ => "expired",
    };
}
