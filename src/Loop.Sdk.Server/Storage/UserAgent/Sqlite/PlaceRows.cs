namespace Loop.Sdk.Server.Storage;

/// <summary>Reads and writes places, and their words.</summary>
internal static class PlaceRows
{
    public const string Columns = "p.key, p.url, p.title, p.titled, p.visits, p.visited, p.seen, p.frecency, p.starred, p.change, p.star_change";

    /// <summary>All places of an account.</summary>
    public const string ListAll = $"SELECT {Columns}, ?4, ?5 FROM ua_places p WHERE p.key > ?1 AND p.key <= ?2 ORDER BY p.key LIMIT ?3";

    /// <summary>Those that have something of a time.</summary>
    public const string ListTouched = $"""
        SELECT {Columns} FROM (
            SELECT place FROM ua_visits WHERE place > ?1 AND place <= ?2 AND at >= ?4 AND at < ?5
            UNION SELECT place FROM ua_pages WHERE place > ?1 AND place <= ?2 AND at >= ?4 AND at < ?5
            UNION SELECT place FROM ua_titles WHERE place > ?1 AND place <= ?2 AND at >= ?4 AND at < ?5
            UNION SELECT place FROM ua_stars WHERE place > ?1 AND place <= ?2 AND at >= ?4 AND at < ?5
            ORDER BY place LIMIT ?3) t
        CROSS JOIN ua_places p ON p.key = t.place ORDER BY t.place
        """;

    private const string Insert = """
        INSERT INTO ua_places(key, title, titled, visits, visited, seen, frecency, starred, change, star_change, account, url)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """;

    // A visit changes no title and no star: their indexes are not written then.
    private const string UpdateHistory = "UPDATE ua_places SET visits = ?2, visited = ?3, seen = ?4, frecency = ?5, change = ?6 WHERE key = ?1";

    private const string Update = """
        UPDATE ua_places SET title = ?2, titled = ?3, visits = ?4, visited = ?5, seen = ?6, frecency = ?7, starred = ?8, change = ?9, star_change = ?10 WHERE key = ?1
        """;

    public static PlaceState Read(SqliteStatement row, long first) => new PlaceState { Number = row.Number(0) - first, Url = row.Text(1) }.Load(
        row.TextOrNull(2),
        row.Number(3),
        row.Number(4),
        row.Number(5),
        row.Number(6),
        row.Real(7),
        AgentSessionRows.NumberOrNull(row, 8),
        row.Number(9),
        AgentSessionRows.NumberOrNull(row, 10));

    /// <summary>Keeps what is derived of a place, with its words, which are written once: to write them again costs a part of the index.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="account">The account's key.</param>
    /// <param name="key">The place's key.</param>
    /// <param name="place">The place.</param>
    /// <param name="body">The text of the place's page, which is null if there is none any more; null if it stays as it is.</param>
    public static void Put(SqliteSession session, long account, long key, PlaceState place, (long Place, string? Text)? body)
    {
        PutRow(session, account, key, place);
        if (place.IsNew)
        {
            session.Prepare("INSERT INTO ua_words(rowid, url, title, body) VALUES (?1, ?2, ?3, ?4)").Bind(key).Bind(place.Url).Bind(place.Title).Bind(body?.Text).Run();
        }
        else if (body is { Text: var text })
        {
            session.Prepare("UPDATE ua_words SET title = ?2, body = ?3 WHERE rowid = ?1").Bind(key).Bind(place.Title).Bind(text).Run();
        }
        else if (place.IsTitleChanged)
        {
            session.Prepare("UPDATE ua_words SET title = ?2 WHERE rowid = ?1").Bind(key).Bind(place.Title).Run();
        }
    }

    public static void Remove(SqliteSession session, long key)
    {
        session.Prepare("DELETE FROM ua_places WHERE key = ?1").Bind(key).Run();
        session.Prepare("DELETE FROM ua_words WHERE rowid = ?1").Bind(key).Run();
        session.Prepare("DELETE FROM ua_titles WHERE place = ?1").Bind(key).Run();
        session.Prepare("DELETE FROM ua_stars WHERE place = ?1").Bind(key).Run();
    }

    private static void PutRow(SqliteSession session, long account, long key, PlaceState place)
    {
        if (!place.IsNew && place is { IsTitleMoved: false, IsStarChanged: false })
        {
            session.Prepare(UpdateHistory).Bind(key).Bind(place.Visits).Bind(place.LastVisitedAt).Bind(place.SeenAt).Bind(place.Frecency).Bind(place.Change).Run();
            return;
        }

        var statement = session.Prepare(place.IsNew ? Insert : Update)
            .Bind(key).Bind(place.Title).Bind(place.TitleAt).Bind(place.Visits).Bind(place.LastVisitedAt).Bind(place.SeenAt).Bind(place.Frecency).Bind(place.StarredAt)
            .Bind(place.Change).Bind(place.StarChange);
        if (place.IsNew)
        {
            statement.Bind(account).Bind(place.Url);
        }

        statement.Run();
    }
}
