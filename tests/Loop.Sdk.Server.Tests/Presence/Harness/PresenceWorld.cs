using Loop.Sdk.Server.Presence;
using Loop.Sdk.Server.Tests.Harness;
using Loop.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Tests.Presence.Harness;

/// <summary>A server with presence, on a clock that the test moves. Scopes <c>doc:…</c> are open to all accounts.</summary>
internal sealed class PresenceWorld : IAsyncDisposable
{
    public const string Doc = "doc:1";

    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(12);

    private readonly ILoggerFactory _loggers;
    private LoopTestHost? _host;
    private bool _isDisposed;

    private PresenceWorld(FakeClock? clock)
    {
        _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        Clock = clock ?? new FakeClock();
    }

    public FakeClock Clock { get; }

    public LogRecorder Logs { get; } = new();

    public LoopTestHost Host => _host!;

    public PresenceCore Core => Host.Services.GetRequiredService<PresenceCore>();

    public PresenceService Service => Host.Services.GetRequiredService<PresenceService>();

    public static async Task<PresenceWorld> StartAsync(
        Action<PresenceOptions>? presence = null, Action<ILoopServerBuilder>? build = null, Action<LoopServerOptions>? server = null, FakeClock? clock = null)
    {
        var world = new PresenceWorld(clock);
        var options = new LoopTestHostOptions
        {
            Time = world.Clock,
            LoggerFactory = world._loggers,
            ConfigureServer = options =>
            {
                options.AllowAnonymous = true;
                options.KeepAlive = TimeSpan.FromMinutes(10);
                options.Limits.MaxSessionsPerPrincipal = 10_000;
                server?.Invoke(options);
            },
        };
        world._host = await LoopTestHost.StartAsync(
            builder =>
            {
                builder.AddPresence(options =>
                {
                    options.AllowTopics("doc");
                    presence?.Invoke(options);
                });
                build?.Invoke(builder);
            },
            options);
        return world;
    }

    public PresenceUser User(string? account) => new(this, Host.CreateClient(account), account);

    /// <summary>What the server knows of an account's only session.</summary>
    public SessionPresence SessionOf(string account) => Core.Sessions.Of(PeerOf(account).Context);

    /// <summary>Ends an account's only session, as if its client would not come back.</summary>
    public void Lose(string account) => PeerOf(account).End(new LoopException(ErrorCodes.SessionLost, "Lost."), goAway: null);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await Host.DisposeAsync();
        _loggers.Dispose();
    }

    private ServerPeer PeerOf(string account) => Host.Services.GetRequiredService<LoopServer>().Registry.Sessions.Single(session => session.PrincipalId == account);
}
