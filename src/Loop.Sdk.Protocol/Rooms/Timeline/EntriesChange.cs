namespace Loop.Sdk.Rooms;

/// <summary>What changed in a timeline. An entry that comes again replaces the one with its sequence.</summary>
public sealed record EntriesChange
{
    /// <summary>The entries that were added, edited or deleted, each as it is now, in the order of their last changes.</summary>
    public required IReadOnlyList<SealedEntry> Entries { get; init; }

    /// <summary>The sequence of the oldest entry that is kept: those before it are gone.</summary>
    public required long First { get; init; }
}
