using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Cuts entries into what fits into a message.</summary>
internal static class EntryPages
{
    // What an entry has besides its envelope, generously.
    private const int Overhead = 512;

    /// <summary>A page that was read backwards, as it is shown: forwards, and without the oldest if all together are too long.</summary>
    public static EntriesPage Of(TimelinePage page)
    {
        var fitting = Pieces(page.Entries, RequestLimits.PageBytes).FirstOrDefault() ?? [];
        return new EntriesPage
        {
            Entries = [.. fitting.Reverse().Select(RoomViews.Of)],
            First = page.First,
            Last = page.Last,
            More = page.More || fitting.Count < page.Entries.Count,
        };
    }

    /// <summary>Successive pieces, each of as many bytes as allowed, and at least one entry.</summary>
    public static IEnumerable<IReadOnlyList<EntryRecord>> Pieces(IReadOnlyList<EntryRecord> entries, int most)
    {
        var start = 0;
        for (var bytes = 0; start < entries.Count; bytes = 0)
        {
            var end = start;
            while (end < entries.Count && (end == start || bytes + Size(entries[end]) <= most))
            {
                bytes += Size(entries[end++]);
            }

            yield return [.. entries.Skip(start).Take(end - start)];
            start = end;
        }
    }

    private static int Size(EntryRecord entry) => entry.Payload.Length + Overhead;
}
