namespace Loop.Sdk.Rooms;

/// <summary>Successive entries of a timeline.</summary>
public sealed record EntriesPage
{
    /// <summary>The entries, in the order of their sequences.</summary>
    public required IReadOnlyList<SealedEntry> Entries { get; init; }

    /// <summary>The sequence of the oldest entry that is kept, or of the next one if there is none: what is older was removed, as it was too old or too much.</summary>
    public required long First { get; init; }

    /// <summary>The sequence of the newest entry ever; 0 if there was none.</summary>
    public required long Last { get; init; }

    /// <summary>Whether there are older entries.</summary>
    public required bool More { get; init; }
}
