namespace Loop.Sdk.Push;

/// <summary>Names a subscription.</summary>
/// <param name="Channel">What the client calls it.</param>
public sealed record PushChannelRef(string Channel);
