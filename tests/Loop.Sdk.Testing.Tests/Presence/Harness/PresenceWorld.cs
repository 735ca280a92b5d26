using Loop.Sdk.Presence;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Presence;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Presence.Harness;

/// <summary>A server with presence, and people who use it. Scopes <c>doc:…</c> are open to all accounts, scopes <c>club:…</c> as <see cref="ClubRule"/> says.</summary>
internal sealed class PresenceWorld : IAsyncDisposable
{
    public const string Doc = "doc:1";
    public const string Club = "club:1";

    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(12);

    private LoopTestHost _host = null!;

    public FakeClock Clock { get; } = new();

    public LoopTestHost Host => _host;

    public SessionBook Sessions { get; } = new();

    public ClubRule Rule { get; } = new();

    public PresenceService Service => _host.Services.GetRequiredService<PresenceService>();

    /// <param name="presence">Changes presence's options.</param>
    /// <param name="configure">Adds what else the server has.</param>
    /// <param name="availability">Takes the place of the server's own availability.</param>
    public static async Task<PresenceWorld> StartAsync(Action<PresenceOptions>? presence = null, Action<ILoopServerBuilder>? configure = null, IAvailability? availability = null)
    {
        var world = new PresenceWorld();
        var storage = new MemoryAvailabilityStorage();
        var options = new LoopTestHostOptions
        {
            Time = world.Clock,
            ConfigureServer = options =>
            {
                options.AllowAnonymous = true;
                options.RateLimits.SessionCalls = null;
                options.KeepAlive = TimeSpan.FromMinutes(10);
            },
        };
        world._host = await LoopTestHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<IAvailabilityStorage>(storage);
                builder.Services.AddSingleton<ISessionObserver>(world.Sessions);
                builder.Services.AddSingleton<PresenceScopeRule>(world.Rule);
                builder.AddPresence(options =>
                {
                    options.AllowTopics("doc");
                    presence?.Invoke(options);
                });
                configure?.Invoke(builder);
                if (availability is not null)
                {
                    builder.AddContract(availability);
                    return;
                }

                builder.AddAvailability(static options => options.ApplicationOf = static session => session.PrincipalId is ['a', 'p', 'p', ':', ..] ? session.PrincipalId[4..] : null);
                builder.AddNotifications();
            },
            options);
        return world;
    }

    public PresenceUser User(string? account, Action<PresenceClientOptions>? configure = null) => new(this, _host.CreateClient(account, options =>
    {
        // Moving the clock must not make calls late.
        options.CallTimeout = Timeout.InfiniteTimeSpan;
        options.UsePresence(configure);
    }));

    public Task SoonAsync(Task task) => Clock.AdvanceUntilAsync(task, TimeSpan.FromMilliseconds(100));

    /// <summary>Waits for something that may take the clock a while.</summary>
    public async Task<T> SoonAsync<T>(Task<T> task)
    {
        await Clock.AdvanceUntilAsync(task, TimeSpan.FromMilliseconds(100));
        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Rule.Dispose();
    }
}
