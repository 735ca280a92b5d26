using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Presence;

/// <summary>What presence writes to the log. A scope's name may give access, as a room's token does, so it is never among it.</summary>
internal sealed partial class PresenceLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Debug, "Session {Session} is present in a scope of kind {Kind}.")]
    public partial void Entered(string session, string kind);

    [LoggerMessage(2, LogLevel.Debug, "Session {Session} is no longer present in a scope of kind {Kind}: {Reason}.")]
    public partial void Left(string session, string kind, string reason);

    [LoggerMessage(3, LogLevel.Error, "The rule of kind {Kind} gave a user that is empty or too long; it is taken as a refusal.")]
    public partial void UserMalformed(string kind);

    [LoggerMessage(4, LogLevel.Error, "A presence observer failed.")]
    public partial void ObserverFailed(Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "A presence observer is too slow: what it is not told of is left out from now on, until it has caught up.")]
    public partial void ObserverOverflow();

    [LoggerMessage(6, LogLevel.Information, "Node {Node} is there.")]
    public partial void NodeFound(string node);

    [LoggerMessage(7, LogLevel.Warning, "Node {Node} is gone; so are its {Members} members.")]
    public partial void NodeLost(string node, int members);

    [LoggerMessage(8, LogLevel.Debug, "Something of node {Node} is missing; it is asked for all of it.")]
    public partial void NodeGap(string node);

    [LoggerMessage(9, LogLevel.Warning, "The other nodes cannot be reached; what they miss they ask for later.")]
    public partial void PublishFailed(Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "The other nodes cannot be heard; it is tried again.")]
    public partial void ReceiveFailed(Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "A message of another node cannot be read.")]
    public partial void MessageMalformed(Exception exception);

    [LoggerMessage(12, LogLevel.Error, "Presence failed to do what was due.")]
    public partial void TickFailed(Exception exception);
}
