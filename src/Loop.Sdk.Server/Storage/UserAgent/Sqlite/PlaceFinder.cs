namespace Loop.Sdk.Server.Storage;

/// <summary>
/// Finds places by their words. Common words are in very many places: of those, the ones that are known last are ranked, and no more. Whole words come first; that the last one may be the
/// beginning of others counts only if there is room for more results.
/// </summary>
internal sealed class PlaceFinder(SqliteSession session, long account, PlaceSearch search)
{
    private const long Candidates = 1000;

    // Words of a title say more than those of an address or a text.
    private const string Select = """
        SELECT p.key, p.url, p.title, p.seen, bm25(ua_words, 1.0, 4.0, 1.0)
        FROM ua_words CROSS JOIN ua_places p ON p.key = ua_words.rowid
        WHERE ua_words MATCH ?1 AND ua_words.rowid BETWEEN ?2 AND ?3 AND p.seen > ?4
        ORDER BY ua_words.rowid DESC LIMIT ?5
        """;

    private readonly IReadOnlyList<string> _words = SearchWords.OfQuery(search.Query);

    private long First => account << UserAgentMigrations.PlaceBits;

    private long Last => First + (1L << UserAgentMigrations.PlaceBits) - 1;

    public IReadOnlyList<FoundPlace> Run()
    {
        if (_words.Count == 0)
        {
            return [];
        }

        var found = Ranked(isPrefix: false).Take(search.Limit).ToList();
        var isPrefix = found.Count < search.Limit && SearchWords.MayBePrefix(_words) && (found.Count > 0 || IsAnywhere(_words.SkipLast(1)));
        if (isPrefix)
        {
            var known = found.Select(static place => place.Key).ToHashSet();
            found.AddRange(Ranked(isPrefix: true).Where(place => !known.Contains(place.Key)).Take(search.Limit - found.Count));
        }

        var ordered = search.NewestFirst ? found.OrderByDescending(static place => place.SeenAt).ThenByDescending(static place => place.Key) : found.AsEnumerable();
        return [.. ordered.Select(place => Show(place, isPrefix))];
    }

    // A beginning stands for up to thousands of words, which are all read, though the others be nowhere.
    private bool IsAnywhere(IEnumerable<string> words) => Match(words) is not { Length: > 0 } query
        || session.Prepare("SELECT 1 FROM ua_words WHERE ua_words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT 1").Bind(query).Bind(First).Bind(Last).First(static _ => true);

    private IEnumerable<(long Key, string Url, string? Title, long SeenAt, double Rank)> Ranked(bool isPrefix)
    {
        var found = session.Prepare(Select).Bind(Match(_words) + (isPrefix ? "*" : "")).Bind(First).Bind(Last).Bind(search.Since > 0 ? search.Since : -1L).Bind(Candidates)
            .ToList(static row => (row.Number(0), row.Text(1), row.TextOrNull(2), row.Number(3), row.Real(4)));
        return search.NewestFirst
            ? found.OrderByDescending(static place => place.Item4).ThenByDescending(static place => place.Item1)
            : found.OrderBy(static place => place.Item5).ThenByDescending(static place => place.Item4).ThenByDescending(static place => place.Item1);
    }

    private static string Match(IEnumerable<string> words) => string.Join(' ', words.Select(static word => $"\"{word}\""));

    private FoundPlace Show((long Key, string Url, string? Title, long SeenAt, double Rank) place, bool isPrefix)
    {
        var (excerpt, body) = session.Prepare("SELECT g.excerpt, w.body FROM ua_pages g JOIN ua_words w ON w.rowid = g.place WHERE g.place = ?1").Bind(place.Key)
            .First(static row => (row.TextOrNull(0), row.TextOrNull(1)));
        return new FoundPlace
        {
            Url = place.Url,
            Title = place.Title,
            Excerpt = excerpt,
            Snippet = body is null ? null : SearchSnippet.Of(body, _words, isPrefix, search.SnippetWords),
            SeenAt = place.SeenAt,
        };
    }
}
