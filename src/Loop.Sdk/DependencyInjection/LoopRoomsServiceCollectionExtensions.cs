using Loop.Sdk;
using Loop.Sdk.Rooms;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds rooms to the clients of a container.</summary>
public static class LoopRoomsServiceCollectionExtensions
{
    /// <summary>Adds the rooms of the application's channel, so that <see cref="RoomsClient"/> itself can be injected. Their options are checked with the channel's, when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddLoopRooms(this IServiceCollection services, Action<RoomsClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure<ChannelClientOptions>(options => options.UseRooms(configure));
        services.TryAddSingleton(static provider => provider.GetRequiredService<ChannelClient>().Rooms);
        return services;
    }

    /// <summary>Adds the rooms of one of several channels, as a keyed singleton with the channel's name as the key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the channel's client.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddLoopRooms(this IServiceCollection services, string name, Action<RoomsClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure<ChannelClientOptions>(name, options => options.UseRooms(configure));
        services.TryAddKeyedSingleton(name, static (provider, key) => provider.GetRequiredKeyedService<ChannelClient>(key).Rooms);
        return services;
    }
}
