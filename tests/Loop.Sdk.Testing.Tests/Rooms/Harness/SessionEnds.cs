using System.Collections.Concurrent;
using Loop.Sdk.Server;

namespace Loop.Sdk.Testing.Tests.Rooms.Harness;

/// <summary>The sessions that the server has, so that a test can have them given up without moving the clock, which others would notice too.</summary>
internal sealed class SessionEnds
{
    private readonly ConcurrentDictionary<string, (LoopSession Session, TaskCompletionSource Ended)> _sessions = new();

    public void Watch(LoopSession session)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sessions[session.Id] = (session, ended);
        session.Ended.Register(ended.SetResult);
    }

    /// <summary>Whether a session has called the probe, so that it is known here.</summary>
    public bool Knows(string id) => _sessions.ContainsKey(id);

    /// <summary>Ends a session, and waits until everything on the server knows.</summary>
    public Task EndAsync(string id)
    {
        var (session, ended) = _sessions[id];
        session.End(ErrorCodes.SessionLost, "The session was given up.");
        return ended.Task;
    }
}
