namespace Loop.Sdk.Server.Storage;

/// <summary>What came of a write to a timeline.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Entry">The entry as it is now; null if there is none.</param>
public sealed record EntryResult(EntryOutcome Outcome, EntryRecord? Entry);
