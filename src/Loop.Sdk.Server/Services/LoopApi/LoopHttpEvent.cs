namespace Loop.Sdk.Server.LoopApi;

/// <summary>What a client says of its use.</summary>
/// <param name="User">Who: the account, or the name of a session without one.</param>
/// <param name="Event">What kind of event.</param>
/// <param name="Action">What was done.</param>
/// <param name="Label">With what.</param>
public sealed record LoopHttpEvent(string User, string Event, string Action, string Label);
