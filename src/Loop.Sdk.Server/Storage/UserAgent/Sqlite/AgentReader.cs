namespace Loop.Sdk.Server.Storage;

/// <summary>Reads an account's lists and feeds, each by an index.</summary>
internal sealed class AgentReader
{
    private const string Select = $"SELECT {PlaceRows.Columns}, g.excerpt FROM ua_places p LEFT JOIN ua_pages g ON g.place = p.key WHERE p.account = ?1";

    private readonly SqliteSession _session;
    private readonly long _account;
    private readonly long _head;
    private readonly long _floor;
    private readonly string _epoch;

    private AgentReader(SqliteSession session, long account, long head, long floor, string epoch) =>
        (_session, _account, _head, _floor, _epoch) = (session, account, head, floor, epoch);

    /// <summary>That of an account that never wrote anything reads nothing.</summary>
    public static AgentReader Open(SqliteSession session, string account)
    {
        var epoch = RoomFeedReader.ReadEpoch(session);
        return session.Prepare("SELECT key, head, floor FROM ua_accounts WHERE account = ?1").Bind(account)
            .First(row => new AgentReader(session, row.Number(0), row.Number(1), row.Number(2), epoch)) ?? new AgentReader(session, 0, 0, 0, epoch);
    }

    public List<PlaceRecord> ListTop(int limit) => Query("p.visits > 0 ORDER BY p.frecency DESC, p.key DESC LIMIT ?2").Bind((long)limit).ToList(static row => Record(row));

    public List<StarRecord> ListStarred(int limit) =>
        Stars("starred IS NOT NULL ORDER BY starred DESC, key DESC LIMIT ?2").Bind((long)limit).ToList(Star);

    public PlacePage ListVisited(PlaceCursor? before, int limit)
    {
        var from = before ?? new PlaceCursor(long.MaxValue, 0);
        var first = _account << UserAgentMigrations.PlaceBits;
        var rows = Query("p.visits > 0 AND (p.visited, p.key) < (?2, ?3) ORDER BY p.visited DESC, p.key DESC LIMIT ?4").Bind(from.At).Bind(first + from.Number).Bind(limit + 1L)
            .ToList(row => (Record: Record(row), Cursor: new PlaceCursor(row.Number(5), row.Number(0) - first)));
        var next = rows.Count > limit ? rows[limit - 1].Cursor : null;
        return new([.. rows.Take(limit).Select(static row => row.Record)], next);
    }

    public UserAgentChanges<StarRecord> ReadStars(long since, int limit) => IsLost(since) ? Lost<StarRecord>() : since > 0
        ? Cut(Stars("star_change > ?2 ORDER BY star_change LIMIT ?3").Bind(since).Bind(limit + 1L).ToList(Star), since, limit, static star => star.Offset)
        : new(
            _epoch,
            Math.Max(_floor, Last("SELECT max(star_change) FROM ua_places WHERE account = ?1 AND star_change IS NOT NULL")),
            Stars("star_change IS NOT NULL AND starred IS NOT NULL ORDER BY star_change").ToList(Star));

    public UserAgentChanges<AgentSessionRecord> ReadSessions(long since, int limit)
    {
        const string select = $"SELECT {AgentSessionRows.Columns} FROM ua_sessions WHERE account = ?1 AND ";
        return IsLost(since) ? Lost<AgentSessionRecord>() : since > 0
            ? Cut(
                _session.Prepare(select + "change > ?2 ORDER BY change LIMIT ?3").Bind(_account).Bind(since).Bind(limit + 1L).ToList(AgentSessionRows.Read),
                since,
                limit,
                static session => session.Offset)
            : new(
                _epoch,
                Math.Max(_floor, Last("SELECT max(change) FROM ua_sessions WHERE account = ?1")),
                _session.Prepare(select + "ended IS NULL ORDER BY change").Bind(_account).ToList(AgentSessionRows.Read));
    }

    public UserAgentChanges<PlaceRecord> ReadHistory(long since, int size)
    {
        if (IsLost(since))
        {
            return Lost<PlaceRecord>();
        }

        // What is outside of the window is of no interest, so that no index of changes is needed, which every visit would have to pay for.
        var window = Query("p.visits > 0 ORDER BY p.visited DESC, p.key DESC LIMIT ?2").Bind((long)size).ToList(static row => Record(row, 9));
        var changed = window.FindAll(place => place.Offset > since);
        changed.Sort(static (left, right) => left.Offset.CompareTo(right.Offset));
        var reached = Reached(since > 0 ? since : _floor, changed, static place => place.Offset);
        if (since == 0 || changed.Count == 0)
        {
            return new(_epoch, reached, changed);
        }

        if (changed.Count == size)
        {
            return Lost<PlaceRecord>();
        }

        // Each place that came in may have pushed out one: those that are next to the window now.
        var gone = _session.Prepare("SELECT url FROM ua_places WHERE account = ?1 AND visits > 0 ORDER BY visited DESC, key DESC LIMIT ?2 OFFSET ?3")
            .Bind(_account).Bind((long)changed.Count).Bind((long)size).ToList(static row => row.Text(0));
        return new(_epoch, reached, changed) { Gone = gone };
    }

    private static PlaceRecord Record(SqliteStatement row, int offset = -1) =>
        PlaceRows.Read(row, 0).ToRecord(row.TextOrNull(11), offset < 0 ? 0 : row.Number(offset));

    private static StarRecord Star(SqliteStatement row) =>
        new() { Url = row.Text(0), Title = row.TextOrNull(1), StarredAt = AgentSessionRows.NumberOrNull(row, 2), Offset = row.Number(3) };

    // All columns are in the index of the feed, so that no place has to be looked for.
    private SqliteStatement Stars(string rest) => _session.Prepare($"SELECT url, title, starred, star_change FROM ua_places WHERE account = ?1 AND {rest}").Bind(_account);

    private SqliteStatement Query(string rest) => _session.Prepare($"{Select} AND {rest}").Bind(_account);

    private bool IsLost(long since) => since < 0 || since > _head || (since > 0 && since < _floor);

    private UserAgentChanges<T> Lost<T>() => new(_epoch, _head, [], SnapshotNeeded: true);

    // What is found is in order, and past the last deletion.
    private static long Reached<T>(long from, List<T> items, Func<T, long> offsetOf) => items.Count > 0 ? Math.Max(from, offsetOf(items[^1])) : from;

    private long Last(string query) => _session.Prepare(query).Bind(_account).First(static row => (long?)(row.IsNull(0) ? 0 : row.Number(0))) ?? 0;

    private UserAgentChanges<T> Cut<T>(List<T> items, long since, int limit, Func<T, long> offsetOf) => items.Count <= limit
        ? new(_epoch, Reached(since, items, offsetOf), items)
        : new(_epoch, offsetOf(items[limit - 1]), items.GetRange(0, limit), More: true);
}
