namespace Loop.Sdk.Server.Storage;

/// <summary>What came of storing a message.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Sequence">The message's place among all; 0 if it was not kept.</param>
/// <param name="Replaced">The id of the message of the same topic that it replaced, or null.</param>
public sealed record PushStoreResult(PushStoreOutcome Outcome, long Sequence, string? Replaced);
