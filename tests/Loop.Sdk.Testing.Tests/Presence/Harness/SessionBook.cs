using System.Collections.Concurrent;
using Loop.Sdk.Server;
using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Presence.Harness;

/// <summary>The sessions that the server has, so that a test can have them given up without moving the clock, which others would notice too.</summary>
internal sealed class SessionBook : ISessionObserver
{
    private readonly ConcurrentDictionary<string, LoopSession> _sessions = new();
    private readonly ConcurrentDictionary<string, bool> _ended = new();

    public ValueTask ConnectedAsync(LoopSession session)
    {
        _sessions[session.Id] = session;
        return ValueTask.CompletedTask;
    }

    public ValueTask EndedAsync(LoopSession session, SessionEnd end)
    {
        _ended[session.Id] = end.IsGoodbye;
        return ValueTask.CompletedTask;
    }

    public async Task<LoopSession> FindAsync(string id)
    {
        await Eventually.TrueAsync(() => _sessions.ContainsKey(id));
        return _sessions[id];
    }

    /// <summary>Waits until a session has no connection.</summary>
    public async Task UntilDisconnectedAsync(string id)
    {
        var session = await FindAsync(id);
        await Eventually.TrueAsync(() => !session.IsConnected);
    }

    /// <summary>Waits until a session has a connection.</summary>
    public async Task UntilConnectedAsync(string id)
    {
        var session = await FindAsync(id);
        await Eventually.TrueAsync(() => session.IsConnected);
    }

    /// <summary>Ends a session, and waits until everything on the server knows.</summary>
    public async Task EndAsync(string id)
    {
        (await FindAsync(id)).End(ErrorCodes.SessionLost, "The session was given up.");
        await Eventually.TrueAsync(() => _ended.ContainsKey(id));
    }
}
