namespace Loop.Sdk.Server.Storage;

/// <summary>An owner's feed.</summary>
internal sealed class MemoryOwner
{
    public long Head { get; set; }

    /// <summary>The newest offset whose tombstone was removed.</summary>
    public long Floor { get; set; }

    public HashSet<string> Rooms { get; } = [];

    public List<MemoryTombstone> Tombstones { get; } = [];

    public void Prune(Predicate<MemoryTombstone> isOld)
    {
        Floor = Tombstones.Where(tombstone => isOld(tombstone)).Select(static tombstone => tombstone.Offset).Append(Floor).Max();
        Tombstones.RemoveAll(isOld);
    }
}
