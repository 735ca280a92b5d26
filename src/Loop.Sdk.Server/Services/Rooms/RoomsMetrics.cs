using System.Diagnostics.Metrics;

namespace Loop.Sdk.Server.Rooms;

/// <summary>The rooms' part of the server's meter.</summary>
internal sealed class RoomsMetrics
{
    private readonly Counter<long> _joins;
    private readonly Counter<long> _ended;
    private readonly UpDownCounter<long> _participations;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _swept;

    public RoomsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(LoopServerMetrics.Name);
        _joins = meter.CreateCounter<long>("loop.server.rooms.joins", "{join}", "Attempts to join a room, by outcome.");
        _ended = meter.CreateCounter<long>("loop.server.rooms.ended", "{participation}", "Participations that ended, by reason.");
        _participations = meter.CreateUpDownCounter<long>("loop.server.rooms.participations", "{participation}", "Participations of this server's sessions.");
        _entries = meter.CreateCounter<long>("loop.server.rooms.entries", "{entry}", "Entries that were added to timelines.");
        _signals = meter.CreateCounter<long>("loop.server.rooms.signals", "{signal}", "Signals that were passed on.");
        _swept = meter.CreateCounter<long>("loop.server.rooms.swept", "{item}", "What was removed since it had expired, by kind.");
    }

    public void Joined(string outcome)
    {
        _joins.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));
        if (outcome == "ok")
        {
            _participations.Add(1);
        }
    }

    public void Ended(string reason)
    {
        _ended.Add(1, KeyValuePair.Create<string, object?>("reason", reason));
        _participations.Add(-1);
    }

    public void Appended() => _entries.Add(1);

    public void Signalled() => _signals.Add(1);

    public void Swept(string kind, int count) => _swept.Add(count, KeyValuePair.Create<string, object?>("kind", kind));
}
