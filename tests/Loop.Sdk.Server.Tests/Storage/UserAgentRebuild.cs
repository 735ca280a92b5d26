using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage;

/// <summary>Derives again what is derived, from the events alone, and compares.</summary>
internal static class UserAgentRebuild
{
    public static Task CheckAsync(SqliteDatabase database) => database.ReadAsync(
        session =>
        {
            var places = session.Prepare("SELECT key, title, titled, visits, visited, seen, frecency, starred FROM ua_places ORDER BY key")
                .ToList(static row => (Key: row.Number(0), Title: row.TextOrNull(1), Derived: (row.Number(2), row.Number(3), row.Number(4), row.Number(5)), Frecency: row.Real(6), Starred: row.IsNull(7) ? 0 : row.Number(7)));
            foreach (var place in places)
            {
                var titles = session.Prepare("SELECT title, at FROM ua_titles WHERE place = ?1 ORDER BY at DESC LIMIT 1").Bind(place.Key).First(static row => (row.TextOrNull(0), row.Number(1)));
                var visits = session.Prepare("SELECT at FROM ua_visits WHERE place = ?1 ORDER BY at").Bind(place.Key).ToList(static row => row.Number(0));
                var kept = session.Prepare("SELECT at FROM ua_pages WHERE place = ?1").Bind(place.Key).First(static row => row.Number(0));
                var starred = session.Prepare("SELECT CASE given WHEN 1 THEN at ELSE 0 END FROM ua_stars WHERE place = ?1 ORDER BY key DESC LIMIT 1").Bind(place.Key).First(static row => row.Number(0));
                var frecency = visits.Aggregate((Frecency.None, 0), static (sum, at) => (Frecency.Add(sum.Item1, sum.Item2, at), sum.Item2 + 1)).Item1;
                Assert.AreEqual(titles, (place.Title, place.Derived.Item1));
                Assert.AreEqual((visits.Count, visits.LastOrDefault(), Math.Max(visits.LastOrDefault(), kept)), ((int)place.Derived.Item2, place.Derived.Item3, place.Derived.Item4));
                Assert.AreEqual(frecency, place.Frecency, 1e-9);
                Assert.AreEqual(starred, place.Starred);
            }

            // The index of words has a row for each place, and text for each page that is kept.
            Assert.AreEqual(places.Count, session.Number("SELECT count(*) FROM ua_words"));
            Assert.AreEqual(0, session.Number("SELECT count(*) FROM ua_places p LEFT JOIN ua_words w ON w.rowid = p.key WHERE w.url IS NOT p.url OR w.title IS NOT p.title"));
            Assert.AreEqual(0, session.Number("SELECT count(*) FROM ua_words w LEFT JOIN ua_pages g ON g.place = w.rowid WHERE (w.body IS NULL) <> (g.place IS NULL)"));

            // Nothing is left of places that are gone, and the counters count what is there.
            Assert.AreEqual(0, session.Number("""
                SELECT count(*) FROM (SELECT place FROM ua_visits UNION SELECT place FROM ua_titles UNION SELECT place FROM ua_stars UNION SELECT place FROM ua_pages)
                WHERE place NOT IN (SELECT key FROM ua_places)
                """));
            Assert.AreEqual(0, session.Number("""
                SELECT count(*) FROM ua_accounts a WHERE stars <> (SELECT count(*) FROM ua_places p WHERE p.account = a.key AND starred IS NOT NULL)
                OR open <> (SELECT count(*) FROM ua_sessions s WHERE s.account = a.key AND ended IS NULL)
                """));
            return true;
        },
        CancellationToken.None);
}
