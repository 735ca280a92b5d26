namespace Loop.Sdk.Rooms;

/// <summary>How far somebody has read.</summary>
/// <param name="Sequence">The sequence of the last entry that they have seen.</param>
public sealed record ReadSignal(long Sequence);
