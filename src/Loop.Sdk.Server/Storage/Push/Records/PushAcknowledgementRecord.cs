namespace Loop.Sdk.Server.Storage;

/// <summary>That an agent is done with a message.</summary>
/// <param name="Agent">The agent that says so.</param>
/// <param name="Id">The message.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record PushAcknowledgementRecord(string Agent, string Id, PushOutcome Outcome);
