using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Reads places with their visits and bookmarks, one after the other: three lists in the order of places, which are merged.</summary>
internal sealed class PlacesReader(PlacesFile file, ImportSieve sieve)
{
    private const long MaxPlaces = 1_000_000;
    private const long MaxVisits = 10_000_000;

    private const string Places = "SELECT id, url, title FROM moz_places ORDER BY id";

    // Not what was loaded within pages (4, 8), and not downloads (7). Columns may hold anything, and what is no number would be in no order.
    private const string Visits = "SELECT place_id, visit_date FROM moz_historyvisits WHERE visit_type NOT IN (4, 7, 8) AND typeof(place_id) = 'integer' ORDER BY place_id, visit_date";

    private const string Bookmarks = "SELECT fk, dateAdded, title FROM moz_bookmarks WHERE type = 1 AND typeof(fk) = 'integer' ORDER BY fk, dateAdded, id";

    // What queries of bookmarks are kept as.
    private const string Internal = "place:";

    /// <summary>How many places there are.</summary>
    public long Count { get; } = file.CountPlaces() is <= MaxPlaces and var count && file.CountVisits() <= MaxVisits
        ? count
        : throw ImportErrors.TooLarge($"The file has more than {MaxPlaces} places or {MaxVisits} visits.");

    public IEnumerable<ImportedPlace> Read(Action<long> report)
    {
        using var places = file.Query(Places);
        using var visits = file.Query(Visits);
        using var bookmarks = file.Query(Bookmarks);
        for (var done = 1L; places.IsRow; places.Next(), done++)
        {
            var place = places.Number(0);
            var times = TimesOf(place, visits);
            var star = StarOf(place, bookmarks);
            var url = places.Text(1);
            if (url?.StartsWith(Internal, StringComparison.Ordinal) != true && (times.Count > 0 || star is not null)
                && sieve.Take(url, star?.Title ?? places.Text(2), times, star is not null, star?.At) is { } imported)
            {
                yield return imported;
            }

            report(done);
        }
    }

    private static List<long> TimesOf(long place, PlacesRows visits)
    {
        var times = new List<long>();
        for (; visits.IsRow && visits.Number(0) <= place; visits.Next())
        {
            if (visits.Number(0) == place)
            {
                times.Add(visits.Number(1));
            }
        }

        return times;
    }

    // A place may be in several folders: it is starred since it was in the first, under the title that it has there.
    private static (long At, string? Title)? StarOf(long place, PlacesRows bookmarks)
    {
        (long, string?)? star = null;
        for (; bookmarks.IsRow && bookmarks.Number(0) <= place; bookmarks.Next())
        {
            if (bookmarks.Number(0) == place)
            {
                star ??= (bookmarks.Number(1), bookmarks.Text(2));
            }
        }

        return star;
    }
}
