namespace Loop.Sdk.Server.Storage;

/// <summary>A part of a timeline.</summary>
/// <param name="Entries">The entries, in the order that was asked for.</param>
/// <param name="Head">The offset of the newest change.</param>
/// <param name="First">The sequence of the oldest entry that is kept, or of the next one if there is none: what is older was removed, and with it its changes.</param>
/// <param name="Last">The sequence of the newest entry ever; 0 if there was none.</param>
/// <param name="More">Whether there is more in the direction that was asked for.</param>
/// <param name="SnapshotNeeded">Whether the given offset is none of this timeline: start again from 0. There are no entries then.</param>
public sealed record TimelinePage(IReadOnlyList<EntryRecord> Entries, long Head, long First, long Last, bool More, bool SnapshotNeeded);
