using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Tests.Rooms.Harness;

/// <summary>What a follower of a timeline knows.</summary>
internal sealed class TimelineState
{
    public SortedDictionary<long, SealedEntry> Entries { get; } = [];

    public long First { get; private set; }

    public bool More { get; private set; }

    public string Keys => string.Join(' ', Entries.Values.Select(static entry => entry.Deleted ? $"({entry.Key})" : entry.Key));

    public TimelineState Begin(EntriesPage page)
    {
        Entries.Clear();
        More = page.More;
        Put(page.Entries, page.First);
        return this;
    }

    public TimelineState Apply(EntriesChange change)
    {
        Put(change.Entries, change.First);
        return this;
    }

    private void Put(IReadOnlyList<SealedEntry> entries, long first)
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
    }
}
