using Microsoft.Data.Sqlite;

namespace Loop.Sdk.Server.Tests.UserAgent.Import.Harness;

/// <summary>Makes files as Firefox does, of the tables and columns that matter, and some of those that do not.</summary>
internal sealed class PlacesMaker : IDisposable
{
    public const long Time = 1_600_000_000_000_000;

    private const string Schema = """
        CREATE TABLE moz_origins(id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, host TEXT NOT NULL, frecency INTEGER NOT NULL);
        CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL,
            typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER, guid TEXT, foreign_count INTEGER DEFAULT 0 NOT NULL,
            url_hash INTEGER DEFAULT 0 NOT NULL, description TEXT, preview_image_url TEXT, origin_id INTEGER REFERENCES moz_origins(id));
        CREATE INDEX moz_places_url_hashindex ON moz_places(url_hash);
        CREATE UNIQUE INDEX moz_places_guid_uniqueindex ON moz_places(guid);
        CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER, session INTEGER, source INTEGER DEFAULT 0 NOT NULL);
        CREATE INDEX moz_historyvisits_placedateindex ON moz_historyvisits(place_id, visit_date);
        CREATE TABLE moz_bookmarks(id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER DEFAULT NULL, parent INTEGER, position INTEGER, title LONGVARCHAR, keyword_id INTEGER,
            folder_type TEXT, dateAdded INTEGER, lastModified INTEGER, guid TEXT, syncStatus INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX moz_bookmarks_itemindex ON moz_bookmarks(fk, type);
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("loop-places-").FullName;
    private readonly SqliteConnection _connection;

    public PlacesMaker(string schema = Schema)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        _connection.Open();
        Run("PRAGMA journal_mode = WAL; PRAGMA page_size = 4096");
        Run(schema);
    }

    public string File => Path.Combine(_folder, "places.sqlite");

    /// <summary>A file with some of everything.</summary>
    public static PlacesMaker Typical()
    {
        var maker = new PlacesMaker();
        maker.Place(1, "https://tea.example/", "Tea", Time, Time + 5);
        maker.Place(2, "https://starred.example/", "Page", Time + 10);
        maker.Place(3, "https://only-starred.example/", null);
        maker.Place(4, "javascript:alert(1)", "Bookmarklet");
        maker.Place(5, "place:sort=8&maxResults=10", "Recent");
        maker.Place(6, "https://framed.example/", "Frame");
        maker.Place(7, "https://never.example/", "Never visited");
        maker.Run($"INSERT INTO moz_historyvisits(place_id, visit_date, visit_type) VALUES (6, {Time}, 8), (6, {Time}, 4), (6, {Time}, 7), (99, {Time}, 1)");
        maker.Run($"INSERT INTO moz_historyvisits(place_id, visit_date, visit_type) VALUES (1, -5, 1), (1, 99999999999999999, 1)");
        maker.Star(2, "My star", Time + 20);
        maker.Star(2, "Again in another folder", Time + 30);
        maker.Star(3, "Only", Time + 40);
        maker.Star(4, "Bookmarklet", Time);
        maker.Star(5, "Recent", Time);
        maker.Run("INSERT INTO moz_bookmarks(type, fk, title) VALUES (2, NULL, 'A folder'), (3, NULL, NULL)");
        return maker;
    }

    /// <summary>Many places with visits and stars.</summary>
    public static PlacesMaker Large(int places, int visits)
    {
        var maker = new PlacesMaker();
        maker.Run($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {places})
            INSERT INTO moz_places(id, url, title) SELECT i, 'https://' || i || '.example/some/path', 'Title ' || i FROM n;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {places * visits} - 1)
            INSERT INTO moz_historyvisits(place_id, visit_date, visit_type) SELECT 1 + i / {visits}, {Time} + i, 1 FROM n;
            INSERT INTO moz_bookmarks(type, fk, title, dateAdded) SELECT 1, id, 'Star ' || id, {Time} FROM moz_places WHERE id % 10 = 0;
            """);
        return maker;
    }

    public void Place(int id, string url, string? title, params long[] visits)
    {
        Run("INSERT INTO moz_places(id, url, title, guid) VALUES ($1, $2, $3, $4)", id, url, title, $"guid{id}");
        foreach (var at in visits)
        {
            Run("INSERT INTO moz_historyvisits(place_id, visit_date, visit_type) VALUES ($1, $2, 1)", id, at);
        }
    }

    public void Star(int place, string? title, long at) => Run("INSERT INTO moz_bookmarks(type, fk, title, dateAdded) VALUES (1, $1, $2, $3)", place, title, at);

    public void Run(string sql, params object?[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"${index + 1}", values[index] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    /// <summary>Closes it as a browser does, and gives the bytes.</summary>
    public byte[] ToBytes()
    {
        Run("PRAGMA wal_checkpoint(TRUNCATE)");
        Run("PRAGMA journal_mode = DELETE");
        _connection.Close();
        return System.IO.File.ReadAllBytes(File);
    }

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
