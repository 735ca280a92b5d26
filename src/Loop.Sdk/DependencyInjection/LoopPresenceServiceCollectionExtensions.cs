using Loop.Sdk;
using Loop.Sdk.Presence;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds presence to the clients of a container.</summary>
public static class LoopPresenceServiceCollectionExtensions
{
    /// <summary>Adds the presence of the application's channel, so that <see cref="PresenceClient"/> itself can be injected. Its options are checked with the channel's, when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    public static IServiceCollection AddLoopPresence(this IServiceCollection services, Action<PresenceClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure<ChannelClientOptions>(options => options.UsePresence(configure));
        services.TryAddSingleton(static provider => provider.GetRequiredService<ChannelClient>().Presence);
        return services;
    }

    /// <summary>Adds the presence of one of several channels, as a keyed singleton with the channel's name as the key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the channel's client.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    public static IServiceCollection AddLoopPresence(this IServiceCollection services, string name, Action<PresenceClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        services.Configure<ChannelClientOptions>(name, options => options.UsePresence(configure));
        services.TryAddKeyedSingleton(name, static (provider, key) => provider.GetRequiredKeyedService<ChannelClient>(key).Presence);
        return services;
    }
}
