namespace Loop.Sdk.Server.Storage;

/// <summary>Reads an account's lists and feeds, by looking at everything.</summary>
internal sealed class MemoryAgentReader(MemoryAgentLedger ledger, string epoch)
{
    private IEnumerable<MemoryPlace> Visited => ledger.Places.Values.Where(static place => place.State.Visits > 0)
        .OrderByDescending(static place => place.State.LastVisitedAt).ThenByDescending(static place => place.State.Number);

    private IEnumerable<MemoryPlace> Starred => ledger.Places.Values.Where(static place => place.State.StarredAt is not null);

    public IReadOnlyList<PlaceRecord> ListTop(int limit) =>
    [
        .. Visited.OrderByDescending(static place => place.State.Frecency).ThenByDescending(static place => place.State.Number).Take(limit).Select(static place => place.ToRecord()),
    ];

    public IReadOnlyList<StarRecord> ListStarred(int limit) =>
    [
        .. Starred.OrderByDescending(static place => place.State.StarredAt).ThenByDescending(static place => place.State.Number).Take(limit).Select(Star),
    ];

    public PlacePage ListVisited(PlaceCursor? before, int limit)
    {
        var rest = Visited.Where(place => before is null || (place.State.LastVisitedAt, place.State.Number).CompareTo((before.At, before.Number)) < 0).Take(limit + 1).ToList();
        var next = rest.Count > limit ? new PlaceCursor(rest[limit - 1].State.LastVisitedAt, rest[limit - 1].State.Number) : null;
        return new([.. rest.Take(limit).Select(static place => place.ToRecord())], next);
    }

    public UserAgentChanges<StarRecord> ReadStars(long since, int limit)
    {
        var places = since > 0 ? ledger.Places.Values.Where(place => place.State.StarChange > since) : Starred;
        var last = ledger.Places.Values.Max(static place => place.State.StarChange) ?? 0;
        return Read(since, limit, last, places.Select(Star), static star => star.Offset);
    }

    public UserAgentChanges<AgentSessionRecord> ReadSessions(long since, int limit)
    {
        var sessions = ledger.Sessions.Values.Where(session => since > 0 ? session.Offset > since : session.EndedAt is null);
        var last = ledger.Sessions.Values.Select(static session => session.Offset).DefaultIfEmpty().Max();
        return Read(since, limit, last, sessions, static session => session.Offset);
    }

    public UserAgentChanges<PlaceRecord> ReadHistory(long since, int size)
    {
        var changed = Visited.Take(size).Where(place => place.State.Change > since).Select(static place => place.ToRecord(place.State.Change)).OrderBy(static place => place.Offset).ToList();
        if (IsLost(since) || (since > 0 && changed.Count == size))
        {
            return Lost<PlaceRecord>();
        }

        return new(epoch, Reached(since, changed.Count > 0 ? changed[^1].Offset : 0), changed)
        {
            Gone = since == 0 ? [] : [.. Visited.Skip(size).Take(changed.Count).Select(static place => place.State.Url)],
        };
    }

    private static StarRecord Star(MemoryPlace place) =>
        new() { Url = place.State.Url, Title = place.State.Title, StarredAt = place.State.StarredAt, Offset = place.State.StarChange ?? 0 };

    private bool IsLost(long since) => since < 0 || since > ledger.Counters.Head || (since > 0 && since < ledger.Counters.Floor);

    // Whoever reads on is past the last deletion.
    private long Reached(long since, long last) => Math.Max(since > 0 ? since : ledger.Counters.Floor, last);

    private UserAgentChanges<T> Lost<T>() => new(epoch, ledger.Counters.Head, [], SnapshotNeeded: true);

    private UserAgentChanges<T> Read<T>(long since, int limit, long last, IEnumerable<T> items, Func<T, long> offsetOf)
    {
        if (IsLost(since))
        {
            return Lost<T>();
        }

        var ordered = items.OrderBy(offsetOf).ToList();
        return since == 0 || ordered.Count <= limit
            ? new(epoch, Reached(since, last), ordered)
            : new(epoch, offsetOf(ordered[limit - 1]), ordered.GetRange(0, limit), More: true);
    }
}
