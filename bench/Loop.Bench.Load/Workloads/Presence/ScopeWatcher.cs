using Loop.Bench.Load.Client;
using Loop.Sdk;
using Loop.Sdk.Presence;

namespace Loop.Bench.Load.Workloads.Presence;

/// <summary>A session that watches a scope, and knows by that who is in it.</summary>
internal sealed class ScopeWatcher(IChannelConnection connection, string scope) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _members = [];
    private Task _running = Task.CompletedTask;
    private long _changes;

    /// <summary>How often it was told something.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>Opens sessions that watch.</summary>
    public static Task<ScopeWatcher[]> ConnectAsync(ClientContext context, int count, Func<int, string> scopeOf) => ClientContext.ConnectManyAsync(count, async i =>
    {
        var watcher = new ScopeWatcher(await context.ConnectAsync<IChannelConnection>($"watcher-{i}"), scopeOf(i));
        watcher._running = watcher.RunAsync();
        return watcher;
    });

    /// <summary>Whether it knows of these members and of no others.</summary>
    public bool Shows(IReadOnlySet<string> members)
    {
        lock (_lock)
        {
            return _members.SetEquals(members);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await _running;
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var change in connection.Channel.Presence.Watch(scope).ChangesAsync())
            {
                Take(change);
            }
        }
        catch (LoopException exception) when (exception.Code == ErrorCodes.Closed)
        {
            // The session was closed: the measurement is over.
        }
    }

    private void Take(PresenceChange change)
    {
        lock (_lock)
        {
            foreach (var gone in change.Left)
            {
                _members.Remove(gone.Member.Id);
            }

            foreach (var member in change.Entered)
            {
                _members.Add(member.Id);
            }
        }

        Interlocked.Increment(ref _changes);
    }
}
