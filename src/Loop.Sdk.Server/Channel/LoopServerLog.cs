using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server;

/// <summary>What the server writes to the log about connections and sessions. Tokens and secrets are never among it.</summary>
internal sealed partial class LoopServerLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "A handshake was refused with {Code}: {Reason}")]
    public partial void HandshakeRefused(string code, string reason);

    [LoggerMessage(2, LogLevel.Debug, "A connection broke during its handshake: {Reason}")]
    public partial void HandshakeBroken(string reason);

    [LoggerMessage(12, LogLevel.Error, "A handshake failed.")]
    public partial void HandshakeFailed(Exception exception);

    [LoggerMessage(3, LogLevel.Information, "The connection of session {Session} was ended with {Code}: {Reason}")]
    public partial void ConnectionFailed(SessionId session, string code, string reason);

    [LoggerMessage(13, LogLevel.Error, "Session {Session} failed.")]
    public partial void ConnectionDefect(SessionId session, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "Session {Session} ended with {Code}.")]
    public partial void SessionEnded(SessionId session, string code);

    [LoggerMessage(5, LogLevel.Debug, "Session {Session} goes on over a newer connection.")]
    public partial void SessionFenced(SessionId session);

    [LoggerMessage(6, LogLevel.Debug, "The client of session {Session} is silent: its connection is dropped.")]
    public partial void Silent(SessionId session);

    [LoggerMessage(7, LogLevel.Information, "A resume of session {Session} was refused.")]
    public partial void ResumeRefused(string session);

    [LoggerMessage(8, LogLevel.Information, "New credentials for session {Session} were refused with {Code}: {Reason}")]
    public partial void Refused(SessionId session, string code, string reason);

    [LoggerMessage(9, LogLevel.Error, "The application's code failed at the end of session {Session}.")]
    public partial void SessionEndFailed(SessionId session, Exception exception);

    [LoggerMessage(10, LogLevel.Information, "Draining {Sessions} sessions.")]
    public partial void Draining(int sessions);

    [LoggerMessage(11, LogLevel.Error, "Looking after the sessions failed.")]
    public partial void TickFailed(Exception exception);

    [LoggerMessage(14, LogLevel.Error, "An observer of session {Session} failed when it was told: {Change}.")]
    public partial void ObserverFailed(SessionId session, SessionChange change, Exception exception);
}
