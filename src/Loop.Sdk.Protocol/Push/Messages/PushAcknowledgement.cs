namespace Loop.Sdk.Push;

/// <summary>What came of a message.</summary>
/// <param name="Id">The message.</param>
/// <param name="Code">What came of it.</param>
public sealed record PushAcknowledgement(string Id, PushAckCode Code = PushAckCode.Delivered);
