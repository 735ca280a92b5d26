namespace Loop.Sdk.Server.Storage;

/// <summary>
/// The tables of user agents. Places are numbered within their account; their key is the account's and that number, so that all of an account's lie side by side, in the index of words as well.
/// Visits, titles, stars and pages are what happened; the columns of places, and the index of words, are derived from that. Deletions that are not settled yet have a row each.
/// </summary>
internal static class UserAgentMigrations
{
    /// <summary>How many bits of a place's key are its number.</summary>
    public const int PlaceBits = 32;

    public static IReadOnlyList<SqliteMigration> All { get; } = [new(6, Accounts + Places + Events + Words)];

    private const string Accounts = """
        CREATE TABLE ua_accounts(
            key INTEGER PRIMARY KEY, account TEXT NOT NULL UNIQUE, head INTEGER NOT NULL DEFAULT 0, floor INTEGER NOT NULL DEFAULT 0, places INTEGER NOT NULL DEFAULT 0,
            sessions INTEGER NOT NULL DEFAULT 0, open INTEGER NOT NULL DEFAULT 0, stars INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE ua_sessions(
            account INTEGER NOT NULL, id INTEGER NOT NULL, scope INTEGER, ancestor INTEGER, reason TEXT, started INTEGER NOT NULL, ended INTEGER, end_reason TEXT,
            change INTEGER NOT NULL, PRIMARY KEY (account, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX ua_sessions_by_change ON ua_sessions(account, change);
        CREATE INDEX ua_sessions_open ON ua_sessions(account, change) WHERE ended IS NULL;
        CREATE TABLE ua_keys(
            sequence INTEGER PRIMARY KEY, account INTEGER NOT NULL, key TEXT NOT NULL, kind INTEGER NOT NULL, result INTEGER NOT NULL, written INTEGER NOT NULL,
            UNIQUE (account, key)) STRICT;
        CREATE TABLE ua_deletions(id INTEGER PRIMARY KEY) STRICT;

        """;

    private const string Places = """
        CREATE TABLE ua_places(
            key INTEGER PRIMARY KEY, account INTEGER NOT NULL, url TEXT NOT NULL, title TEXT, titled INTEGER NOT NULL, visits INTEGER NOT NULL, visited INTEGER NOT NULL,
            seen INTEGER NOT NULL, frecency REAL NOT NULL, starred INTEGER, change INTEGER NOT NULL, star_change INTEGER, UNIQUE (account, url)) STRICT;
        CREATE INDEX ua_places_by_visit ON ua_places(account, visited, key) WHERE visits > 0;
        CREATE INDEX ua_places_by_frecency ON ua_places(account, frecency, key) WHERE visits > 0;
        CREATE INDEX ua_places_by_star ON ua_places(account, starred, key) WHERE starred IS NOT NULL;
        CREATE INDEX ua_places_by_star_change ON ua_places(account, star_change, url, title, starred) WHERE star_change IS NOT NULL;

        """;

    private const string Events = """
        CREATE TABLE ua_visits(place INTEGER NOT NULL, at INTEGER NOT NULL, session INTEGER NOT NULL, PRIMARY KEY (place, at)) STRICT, WITHOUT ROWID;
        CREATE TABLE ua_titles(place INTEGER NOT NULL, at INTEGER NOT NULL, title TEXT NOT NULL, PRIMARY KEY (place, at)) STRICT, WITHOUT ROWID;
        CREATE TABLE ua_stars(key INTEGER PRIMARY KEY, place INTEGER NOT NULL, at INTEGER NOT NULL, session INTEGER NOT NULL, given INTEGER NOT NULL) STRICT;
        CREATE INDEX ua_stars_by_place ON ua_stars(place, key);
        CREATE TABLE ua_pages(place INTEGER PRIMARY KEY, at INTEGER NOT NULL, session INTEGER NOT NULL, excerpt TEXT) STRICT;

        """;

    // Not with «secure-delete»: to take a page's words out one by one takes a tenth of a second. They go when the index is merged: see SettleAsync.
    private const string Words = "CREATE VIRTUAL TABLE ua_words USING fts5(url, title, body, tokenize = 'unicode61 remove_diacritics 0');";
}
