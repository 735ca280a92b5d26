using Loop.Sdk.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>Starts hosts with the probe.</summary>
internal static class Hosts
{
    /// <summary>One handler for all, which is the fastest.</summary>
    public static Task<LoopTestHost> StartAsync(World world, FakeClock? clock = null, Action<LoopServerOptions>? configure = null) =>
        LoopTestHost.StartAsync(server => server.AddContract<IProbe>(new Probe(world)), Options(clock, configure));

    /// <summary>One handler for each session, which knows the user.</summary>
    public static Task<LoopTestHost> StartPerSessionAsync(World world, FakeClock? clock = null, Action<LoopServerOptions>? configure = null) =>
        LoopTestHost.StartAsync(server => server.AddContract<IProbe>(session => new Probe(world, session.PrincipalId)), Options(clock, configure));

    /// <summary>One handler for each call, which knows the idempotency key.</summary>
    public static Task<LoopTestHost> StartPerCallAsync(World world) => LoopTestHost.StartAsync(server =>
    {
        server.Services.AddSingleton(world);
        server.AddContract<IProbe, ProbeOfCall>();
    });

    private static LoopTestHostOptions Options(FakeClock? clock, Action<LoopServerOptions>? configure) => new()
    {
        Time = clock,
        ConfigureServer = options =>
        {
            // A test's burst of calls is no attack.
            options.RateLimits.SessionCalls = null;
            configure?.Invoke(options);
        },
    };
}
