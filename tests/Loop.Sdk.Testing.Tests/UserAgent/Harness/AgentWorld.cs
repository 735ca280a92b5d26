using Loop.Sdk.Server.Storage;
using Loop.Sdk.UserAgent;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.UserAgent.Harness;

/// <summary>A server of user agents, and windows of its users.</summary>
internal sealed class AgentWorld : IAsyncDisposable
{
    private LoopTestHost _host = null!;

    public FakeClock Clock { get; } = new();

    /// <summary>The store, which outlives restarts.</summary>
    public MemoryUserAgentStorage Storage { get; } = new();

    public LoopTestHost Host => _host;

    public static async Task<AgentWorld> StartAsync()
    {
        var world = new AgentWorld();
        world._host = await LoopTestHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IUserAgentStorage>(world.Storage);
                builder.AddUserAgent();
            },
            new LoopTestHostOptions
            {
                Time = world.Clock,
                ConfigureServer = static options =>
                {
                    options.RateLimits.SessionCalls = null;
                    options.KeepAlive = TimeSpan.FromMinutes(10);
                },
            });
        return world;
    }

    public LoopTestClient Window(string account = "ada") => _host.CreateClient(account, static options =>
    {
        // Moving the clock must not make calls late.
        options.CallTimeout = Timeout.InfiniteTimeSpan;
        options.UseUserAgent();
    });

    public async Task<UserAgentClient> AgentAsync(string account = "ada")
    {
        var agent = Window(account).Client.UserAgent;
        await agent.StartSessionAsync(reason: "newTab");
        return agent;
    }

    /// <summary>Lets time pass until something is done: clients wait a moment before they connect again.</summary>
    public Task SoonAsync(Task task) => Clock.AdvanceUntilAsync(task, TimeSpan.FromMilliseconds(100));

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
