using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Harness;
using Loop.Sdk.Server.UserAgent;
using Loop.Sdk.Testing;
using Loop.Sdk.UserAgent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.UserAgent.Harness;

/// <summary>A server with user agents, on a clock that the test moves.</summary>
internal sealed class UserAgentWorld : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private LoopTestHost? _host;

    private UserAgentWorld() => _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));

    public FakeClock Clock { get; } = new();

    public LogRecorder Logs { get; } = new();

    /// <summary>The store, in memory, which outlives restarts.</summary>
    public MemoryUserAgentStorage Storage { get; } = new();

    public LoopTestHost Host => _host!;

    public static async Task<UserAgentWorld> StartAsync(Action<UserAgentOptions>? configure = null)
    {
        var world = new UserAgentWorld();
        var options = new LoopTestHostOptions
        {
            Time = world.Clock,
            LoggerFactory = world._loggers,
            ConfigureServer = static server =>
            {
                server.AllowAnonymous = true;
                server.KeepAlive = TimeSpan.FromMinutes(10);
                server.RateLimits.SessionCalls = null;
            },
        };
        world._host = await LoopTestHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IUserAgentStorage>(world.Storage);
                builder.AddUserAgent(configure);
            },
            options);
        return world;
    }

    /// <summary>Waits until nobody follows anything of an account, as far as the server knows.</summary>
    public Task UntilNobodyFollowsAsync(string account = "ada") =>
        Until.TrueAsync(() => Task.FromResult(Host.Services.GetRequiredService<UserAgentCore>().Feeds.Find(account) is null));

    public IUserAgent Agent(string? account = "ada") => Host.CreateClient(account).Service<IUserAgent>();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _loggers.Dispose();
    }
}
