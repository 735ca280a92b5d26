namespace Loop.Sdk.Push;

/// <summary>What came of messages.</summary>
/// <param name="Items">The messages, at most 1 000.</param>
public sealed record AcknowledgePush(IReadOnlyList<PushAcknowledgement> Items);
