namespace Loop.Sdk.Server.Storage;

/// <summary>Finds places by looking through all of their words. The more often a place has them, the better.</summary>
internal sealed class MemoryPlaceFinder(MemoryAgentLedger ledger, PlaceSearch search)
{
    private readonly IReadOnlyList<string> _words = SearchWords.OfQuery(search.Query);

    public IReadOnlyList<FoundPlace> Run()
    {
        if (_words.Count == 0)
        {
            return [];
        }

        var found = Ranked(isPrefix: false).Take(search.Limit).ToList();
        var isPrefix = found.Count < search.Limit && SearchWords.MayBePrefix(_words);
        if (isPrefix)
        {
            found.AddRange(Ranked(isPrefix: true).Except(found).Take(search.Limit - found.Count).ToList());
        }

        return [.. (search.NewestFirst ? Newest(found) : found).Select(place => Show(place, isPrefix))];
    }

    private static IEnumerable<MemoryPlace> Newest(IEnumerable<MemoryPlace> places) =>
        places.OrderByDescending(static place => place.State.SeenAt).ThenByDescending(static place => place.State.Number);

    private IEnumerable<MemoryPlace> Ranked(bool isPrefix)
    {
        var found = ledger.Places.Values.Where(place => search.Since <= 0 || place.State.SeenAt > search.Since)
            .Select(place => (Place: place, Rank: Rank(place, isPrefix))).Where(static place => place.Rank > 0);
        return search.NewestFirst
            ? Newest(found.Select(static place => place.Place))
            : found.OrderByDescending(static place => place.Rank).ThenByDescending(static place => place.Place.State.SeenAt)
                .ThenByDescending(static place => place.Place.State.Number).Select(static place => place.Place);
    }

    private int Rank(MemoryPlace place, bool isPrefix)
    {
        var words = place.Words.ToList();
        var counts = _words.Select((word, index) => words.Count(other => isPrefix && index == _words.Count - 1 ? other.StartsWith(word, StringComparison.Ordinal) : other == word)).ToList();
        return counts.Contains(0) ? 0 : counts.Sum();
    }

    private FoundPlace Show(MemoryPlace place, bool isPrefix) => new()
    {
        Url = place.State.Url,
        Title = place.State.Title,
        Excerpt = place.Page?.Excerpt,
        Snippet = place.Page is { Text: var text } ? SearchSnippet.Of(text, _words, isPrefix, search.SnippetWords) : null,
        SeenAt = place.State.SeenAt,
    };
}
