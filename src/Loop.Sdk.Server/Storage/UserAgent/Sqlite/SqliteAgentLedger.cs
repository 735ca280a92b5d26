namespace Loop.Sdk.Server.Storage;

/// <summary>An account's events in a file.</summary>
internal sealed class SqliteAgentLedger : AgentLedger
{
    private readonly SqliteSession _session;
    private readonly long _account;

    // Written with the place's other words.
    private (long Place, string? Text)? _body;

    private SqliteAgentLedger(SqliteSession session, long account, AgentCounters counters) => (_session, _account, Counters) = (session, account, counters);

    public override AgentCounters Counters { get; }

    /// <summary>The keys of the account's places.</summary>
    private long First => _account << UserAgentMigrations.PlaceBits;

    /// <summary>Runs a write of an account, which is made at its first.</summary>
    public static T Write<T>(SqliteSession session, string account, Func<SqliteAgentLedger, T> write)
    {
        var ledger = Open(session, account) ?? Add(session, account);
        var result = write(ledger);
        var counters = ledger.Counters;
        session.Prepare("UPDATE ua_accounts SET head = ?2, floor = ?3, places = ?4, sessions = ?5, open = ?6, stars = ?7 WHERE key = ?1")
            .Bind(ledger._account).Bind(counters.Head).Bind(counters.Floor).Bind(counters.Places).Bind(counters.Sessions).Bind(counters.Open).Bind(counters.Stars).Run();
        return result;
    }

    /// <summary>An account's part of a file; null if it has none.</summary>
    public static SqliteAgentLedger? Open(SqliteSession session, string account) =>
        session.Prepare("SELECT key, head, floor, places, sessions, open, stars FROM ua_accounts WHERE account = ?1").Bind(account).First(row => new SqliteAgentLedger(
            session,
            row.Number(0),
            new AgentCounters
            {
                Head = row.Number(1), Floor = row.Number(2), Places = row.Number(3), Sessions = row.Number(4), Open = row.Number(5), Stars = row.Number(6),
            }));

    public override PlaceState? FindPlace(string url) =>
        _session.Prepare($"SELECT {PlaceRows.Columns} FROM ua_places p WHERE account = ?1 AND url = ?2").Bind(_account).Bind(url).First(row => PlaceRows.Read(row, First));

    public override IEnumerable<long> Visits(long place) =>
        _session.Prepare("SELECT at FROM ua_visits WHERE place = ?1 ORDER BY at").Bind(First + place).ToList(static row => row.Number(0));

    public override long? PageTime(long place) => _session.Prepare("SELECT at FROM ua_pages WHERE place = ?1").Bind(First + place).First(static row => (long?)row.Number(0));

    public override (string? Title, long At) LastTitle(long place) =>
        _session.Prepare("SELECT title, at FROM ua_titles WHERE place = ?1 ORDER BY at DESC LIMIT 1").Bind(First + place).First(static row => (row.TextOrNull(0), row.Number(1)));

    protected override long? LastStar(long place) =>
        _session.Prepare("SELECT at FROM ua_stars WHERE place = ?1 ORDER BY key DESC LIMIT 1").Bind(First + place).First(static row => (long?)row.Number(0));

    protected override IReadOnlyList<PlaceState> FindPlaces(ForgetRange range, long after, int limit)
    {
        var last = First + (1L << UserAgentMigrations.PlaceBits) - 1;
        var isAll = range is { From: <= 0, Until: long.MaxValue };
        return _session.Prepare(isAll ? PlaceRows.ListAll : PlaceRows.ListTouched).Bind(First + after).Bind(last).Bind((long)limit).Bind(range.From).Bind(range.Until)
            .ToList(row => PlaceRows.Read(row, First));
    }

    protected override (AgentWriteKind Kind, long Result)? FindKey(string key) =>
        _session.Prepare("SELECT kind, result FROM ua_keys WHERE account = ?1 AND key = ?2").Bind(_account).Bind(key)
            .First(static row => ((AgentWriteKind, long)?)((AgentWriteKind)row.Int(0), row.Number(1)));

    protected override void AddKey(string key, AgentWriteKind kind, long result, long now) =>
        _session.Prepare("INSERT INTO ua_keys(account, key, kind, result, written) VALUES (?1, ?2, ?3, ?4, ?5)").Bind(_account).Bind(key).Bind((long)kind).Bind(result).Bind(now).Run();

    protected override AgentSessionRecord? FindSession(long id) =>
        _session.Prepare($"SELECT {AgentSessionRows.Columns} FROM ua_sessions WHERE account = ?1 AND id = ?2").Bind(_account).Bind(id).First(AgentSessionRows.Read);

    protected override void Put(AgentSessionRecord session) => AgentSessionRows.Put(_session, _account, session);

    protected override PlaceState AddPlace(string url) => new() { Number = ++Counters.Places, Url = url, IsNew = true };

    protected override void PutPlace(PlaceState place) =>
        PlaceRows.Put(_session, _account, First + place.Number, place, _body is { } body && body.Place == place.Number ? body : null);

    protected override void RemovePlace(long place) => PlaceRows.Remove(_session, First + place);

    protected override bool AddVisit(long place, long at, long session) =>
        _session.Prepare("INSERT INTO ua_visits(place, at, session) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING").Bind(First + place).Bind(at).Bind(session).Run() > 0;

    protected override int RemoveVisits(long place, ForgetRange range) =>
        _session.Prepare("DELETE FROM ua_visits WHERE place = ?1 AND at >= ?2 AND at < ?3").Bind(First + place).Bind(range.From).Bind(range.Until).Run();

    protected override void PutTitle(long place, long at, string title) =>
        _session.Prepare("INSERT INTO ua_titles(place, at, title) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET title = excluded.title").Bind(First + place).Bind(at).Bind(title).Run();

    protected override void RemoveTitles(long place, ForgetRange range) =>
        _session.Prepare("DELETE FROM ua_titles WHERE place = ?1 AND at >= ?2 AND at < ?3").Bind(First + place).Bind(range.From).Bind(range.Until).Run();

    protected override void AddStar(long place, NewStar star) =>
        _session.Prepare("INSERT INTO ua_stars(place, at, session, given) VALUES (?1, ?2, ?3, ?4)").Bind(First + place).Bind(star.Now).Bind(star.Session).Bind(star.IsStarred).Run();

    protected override void RemoveStars(long place) => _session.Prepare("DELETE FROM ua_stars WHERE place = ?1").Bind(First + place).Run();

    protected override void PutPage(long place, NewPage page)
    {
        _session.Prepare("INSERT INTO ua_pages(place, at, session, excerpt) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET at = ?2, session = ?3, excerpt = ?4")
            .Bind(First + place).Bind(page.Now).Bind(page.Session).Bind(page.Excerpt).Run();
        _body = (place, page.Text);
    }

    protected override void RemovePage(long place)
    {
        _session.Prepare("DELETE FROM ua_pages WHERE place = ?1").Bind(First + place).Run();
        _body = (place, null);
    }

    private static SqliteAgentLedger Add(SqliteSession session, string account) =>
        session.Prepare("INSERT INTO ua_accounts(account) VALUES (?1) RETURNING key").Bind(account).First(row => new SqliteAgentLedger(session, row.Number(0), new AgentCounters()))!;
}
