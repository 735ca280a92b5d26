using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Push;

/// <summary>What push writes to the log. Endpoints, secrets, keys and bodies are never among it; an agent's id is none of them.</summary>
internal sealed partial class PushLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Agent {Agent} is new.")]
    public partial void AgentAdded(string agent);

    [LoggerMessage(2, LogLevel.Information, "Agent {Agent} said hello with a secret that is not its own, or for another account; it got a new identity.")]
    public partial void AgentRefused(string agent);

    [LoggerMessage(3, LogLevel.Information, "Agent {Agent} was removed.")]
    public partial void AgentRemoved(string agent);

    [LoggerMessage(4, LogLevel.Information, "Removed what has expired: {Messages} messages, {Agents} agents.")]
    public partial void Swept(int messages, int agents);

    [LoggerMessage(5, LogLevel.Error, "The upkeep of push failed; it is tried again.")]
    public partial void SweepFailed(Exception exception);

    [LoggerMessage(6, LogLevel.Error, "A message for agent {Agent} could not be read from the store.")]
    public partial void ReadFailed(string agent, Exception exception);

    [LoggerMessage(7, LogLevel.Debug, "Agent {Agent} disconnected: {Reason}.")]
    public partial void Disconnected(string agent, string reason);

    [LoggerMessage(8, LogLevel.Error, "A request to the push service failed.")]
    public partial void RequestFailed(Exception exception);
}
