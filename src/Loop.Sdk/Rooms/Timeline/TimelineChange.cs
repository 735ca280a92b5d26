namespace Loop.Sdk.Rooms;

/// <summary>What changed in a timeline.</summary>
/// <param name="Entries">The entries that were added, edited or deleted, as they are now. One that comes again takes the place of that with its sequence. An older one may come after a newer one.</param>
/// <param name="First">The sequence of the oldest entry that is kept: those before it are gone.</param>
public sealed record TimelineChange(IReadOnlyList<TimelineEntry> Entries, long First);
