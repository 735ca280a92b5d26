using Loop.Sdk.Peers;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the server to a host.</summary>
public static class LoopServerServiceCollectionExtensions
{
    /// <summary>Adds the server. Map it with <c>app.MapLoop("/loop")</c>. The clock is the <see cref="TimeProvider"/> among the services, or the system's.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddLoopServer(this IServiceCollection services, Action<LoopServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddMetrics();
        services.AddOptions<LoopServerOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LoopServerOptions>, LoopServerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new Clock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static provider => new OriginPolicy(provider.GetRequiredService<IOptions<LoopServerOptions>>().Value.AllowedOrigins));
        services.TryAddSingleton<LoopServerMetrics>();
        services.TryAddSingleton<SessionRegistry>();
        services.TryAddSingleton<RateLimiter>();
        services.TryAddSingleton<Authenticator>();
        services.TryAddSingleton<ContractTable>();
        services.TryAddSingleton<LoopServer>();
        services.TryAddSingleton<ServerTicker>();
        services.TryAddSingleton<ServerDrain>();
        services.TryAddSingleton<ChannelEndpoint>();
        services.TryAddSingleton<IRoomStorage, MemoryRoomStorage>();
        services.TryAddSingleton<IAvailabilityStorage, MemoryAvailabilityStorage>();
        services.TryAddSingleton<IPushStorage, MemoryPushStorage>();
        services.TryAddSingleton<IUserAgentStorage, MemoryUserAgentStorage>();
        services.TryAddSingleton<ILoopApiStorage, MemoryLoopApiStorage>();
        services.TryAddScoped<CallHolder>();
        services.TryAddScoped(static provider => provider.GetRequiredService<CallHolder>().Require());
        if (!services.Any(static service => service.ImplementationType == typeof(LoopServerHost)))
        {
            services.AddHostedService<LoopServerHost>();
        }

        return new LoopServerBuilder(services);
    }
}
