using System.Text.Json;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.Targets.Loop;
using Loop.Sdk.Presence;

namespace Loop.Bench.Load.Workloads.Presence;

/// <summary>A session that enters and leaves a scope.</summary>
internal sealed class PresentUser(IChannelConnection connection, string scope, JsonElement data) : IAsyncDisposable
{
    /// <summary>Its place in the scope, while it has one.</summary>
    public PresenceEntry? Entry { get; private set; }

    public static string ScopeOf(string name) => $"{PresenceSetup.Kind}:{name}";

    /// <summary>Opens sessions of an account each.</summary>
    public static Task<PresentUser[]> ConnectAsync(ClientContext context, int count, Func<int, string> scopeOf) => ClientContext.ConnectManyAsync(count, async i =>
        new PresentUser(await context.ConnectAsync<IChannelConnection>($"member-{i}"), scopeOf(i), JsonElement.Parse($$"""{"name":"Member {{i}}","color":"#{{i:x6}}"}""")));

    public async Task EnterAsync() => Entry = await connection.Channel.Presence.EnterAsync(scope, data);

    public async Task LeaveAsync()
    {
        await Entry!.LeaveAsync();
        Entry = null;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
