using Loop.Sdk.Push;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Push.Harness;

/// <summary>A server of push, and clients that receive.</summary>
internal sealed class PushWorld : IAsyncDisposable
{
    private LoopTestHost _host = null!;

    public FakeClock Clock { get; } = new();

    public ScriptedPush Server { get; } = new();

    public LoopTestHost Host => _host;

    public static async Task<PushWorld> StartAsync()
    {
        var world = new PushWorld();
        world._host = await LoopTestHost.StartAsync(builder => builder.AddContract<IPush>(world.Server), new LoopTestHostOptions
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

    public LoopTestClient Client(Action<PushClientOptions>? configure = null) => _host.CreateClient("ada", options =>
    {
        // Moving the clock must not make calls late.
        options.CallTimeout = Timeout.InfiniteTimeSpan;
        options.UsePush(configure);
    });

    /// <summary>Waits for something that may take the clock a while.</summary>
    public async Task<T> SoonAsync<T>(Task<T> task)
    {
        await Clock.AdvanceUntilAsync(task, TimeSpan.FromMilliseconds(100));
        return await task;
    }

    public Task SoonAsync(Task task) => Clock.AdvanceUntilAsync(task, TimeSpan.FromMilliseconds(100));

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
