namespace Loop.Sdk.Server.Storage;

/// <summary>A room's entries, in order.</summary>
internal sealed class MemoryTimeline
{
    public SortedDictionary<long, EntryRecord> Entries { get; } = [];

    public Dictionary<(string Author, string Key), long> Keys { get; } = [];

    public long Last { get; set; }

    public long Head { get; set; }

    public long LastTime { get; set; }

    public long First => Entries.Count > 0 ? Entries.First().Key : Last + 1;

    /// <summary>Removes entries, and says how many they were.</summary>
    public int Remove(IEnumerable<EntryRecord> entries)
    {
        var old = entries.ToList();
        foreach (var entry in old)
        {
            Entries.Remove(entry.Sequence);
            Keys.Remove((entry.Author, entry.Key));
        }

        return old.Count;
    }
}
