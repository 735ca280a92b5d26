using Loop.Sdk;
using Loop.Sdk.Contracts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Loop.Sdk clients to a container, which disposes of them.</summary>
public static class LoopClientServiceCollectionExtensions
{
    /// <summary>Adds the one <see cref="ChannelClient"/> of the application, as a singleton. Its options are checked when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; at least <see cref="ChannelClientOptions.Endpoint"/>.</param>
    public static IServiceCollection AddLoopClient(this IServiceCollection services, Action<ChannelClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        AddOptions(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(static provider => Create(provider, Options.Options.DefaultName));
        return services;
    }

    /// <summary>Adds one of several <see cref="ChannelClient"/>s, as a keyed singleton: inject it with <c>[FromKeyedServices("name")]</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, which also names the options.</param>
    /// <param name="configure">Sets the options; at least <see cref="ChannelClientOptions.Endpoint"/>.</param>
    public static IServiceCollection AddLoopClient(this IServiceCollection services, string name, Action<ChannelClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        AddOptions(services, name, configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => Create(provider, (string)key!));
        return services;
    }

    /// <summary>Adds a contract's client, so that <typeparamref name="TContract"/> itself can be injected, and announces the contract to the server at every connection.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddLoopService<TContract>(this IServiceCollection services)
        where TContract : class, IContract<TContract>
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure<ChannelClientOptions>(static options => options.Announce<TContract>());
        services.TryAddSingleton(static provider => provider.GetRequiredService<ChannelClient>().Service<TContract>());
        return services;
    }

    /// <summary>Adds a contract's client on one of several channels, as a keyed singleton with the channel's name as the key.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the client.</param>
    public static IServiceCollection AddLoopService<TContract>(this IServiceCollection services, string name)
        where TContract : class, IContract<TContract>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        services.Configure<ChannelClientOptions>(name, static options => options.Announce<TContract>());
        services.TryAddKeyedSingleton(name, static (provider, key) => provider.GetRequiredKeyedService<ChannelClient>(key).Service<TContract>());
        return services;
    }

    private static void AddOptions(IServiceCollection services, string name, Action<ChannelClientOptions> configure)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ChannelClientOptions>>(ChannelClientOptionsValidator.Instance));
        services.AddOptions<ChannelClientOptions>(name).Configure(configure).ValidateOnStart();
    }

    private static ChannelClient Create(IServiceProvider provider, string name) =>
        ChannelClient.Create(provider.GetRequiredService<IOptionsMonitor<ChannelClientOptions>>().Get(name), provider.GetService<ILoggerFactory>());
}
