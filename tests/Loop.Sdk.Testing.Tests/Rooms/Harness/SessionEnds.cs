using System.Collections.Concurrent;
using Loop.Sdk.Server;

namespace Loop.Sdk.Testing.Tests.Rooms.Harness;

/// <summary>When the server gives up sessions.</summary>
internal sealed class SessionEnds
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ends = new();

    public void Watch(LoopSession session) => session.Ended.Register(() => Of(session.Id).TrySetResult());

    public Task WhenEndedAsync(string session) => Of(session).Task;

    private TaskCompletionSource Of(string session) => _ends.GetOrAdd(session, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
