namespace Loop.Sdk.Rooms;

/// <summary>Successive entries of a timeline.</summary>
/// <param name="Entries">The entries, by <see cref="TimelineEntry.Sequence"/>.</param>
/// <param name="First">The sequence of the oldest entry that is kept: those before it were removed, as they were too old or too many. If none is kept, that of the next one.</param>
/// <param name="Last">The sequence of the newest entry ever; 0 if there was none.</param>
/// <param name="HasOlder">Whether there are older entries.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, long First, long Last, bool HasOlder);
