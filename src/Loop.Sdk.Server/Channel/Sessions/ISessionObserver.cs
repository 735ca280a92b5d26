namespace Loop.Sdk.Server;

/// <summary>
/// Follows the sessions of a server, see <see cref="Microsoft.Extensions.DependencyInjection.LoopServerSessionExtensions"/>. For each session the methods are called one after the
/// other, in the order in which things happened, and never by whoever reads or writes the connection: taking long delays nothing but the same session's next call here. What is
/// thrown is logged.
/// </summary>
public interface ISessionObserver
{
    /// <summary>A session has begun.</summary>
    /// <param name="session">The session.</param>
    ValueTask ConnectedAsync(LoopSession session) => ValueTask.CompletedTask;

    /// <summary>A session has lost its connection. It may be resumed, or end.</summary>
    /// <param name="session">The session.</param>
    ValueTask DisconnectedAsync(LoopSession session) => ValueTask.CompletedTask;

    /// <summary>A session goes on over another connection.</summary>
    /// <param name="session">The session.</param>
    ValueTask ResumedAsync(LoopSession session) => ValueTask.CompletedTask;

    /// <summary>A session is over. Nothing follows.</summary>
    /// <param name="session">The session.</param>
    /// <param name="end">How it ended.</param>
    ValueTask EndedAsync(LoopSession session, SessionEnd end) => ValueTask.CompletedTask;
}
