namespace Loop.Sdk.Server.Storage;

/// <summary>A place in what waits for an agent. Messages that have topics are read on their own, since they are delivered first.</summary>
/// <param name="IsPlain">Whether it is among those without a topic.</param>
/// <param name="Sequence">After this sequence.</param>
public readonly record struct PushCursor(bool IsPlain, long Sequence);
