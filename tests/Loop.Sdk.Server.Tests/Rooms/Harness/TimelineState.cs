using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Tests.Rooms.Harness;

/// <summary>What a follower of a timeline knows. Each change makes another one, since the test looks at it meanwhile.</summary>
internal sealed class TimelineState
{
    public SortedDictionary<long, SealedEntry> Entries { get; private init; } = [];

    public long First { get; private set; }

    public bool More { get; private init; }

    public string Keys => string.Join(' ', Entries.Values.Select(static entry => entry.Deleted ? $"({entry.Key})" : entry.Key));

    public static TimelineState Begin(EntriesPage page) => new TimelineState { More = page.More }.Put(page.Entries, page.First);

    public TimelineState Apply(EntriesChange change) => new TimelineState { Entries = new(Entries), More = More }.Put(change.Entries, change.First);

    private TimelineState Put(IReadOnlyList<SealedEntry> entries, long first)
    {
        First = first;
        foreach (var entry in entries)
        {
            Entries[entry.Sequence] = entry;
        }

        foreach (var gone in Entries.Keys.Where(sequence => sequence < first).ToList())
        {
            Entries.Remove(gone);
        }

        return this;
    }
}
