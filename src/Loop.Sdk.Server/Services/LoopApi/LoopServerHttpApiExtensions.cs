using Loop.Sdk.Server;
using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Rooms;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the original Loop HTTP API to the server.</summary>
public static class LoopServerHttpApiExtensions
{
    /// <summary>
    /// Serves the HTTP API of Firefox Hello's server, for clients that know it. Its rooms are those of the channel, which are added as well (<see cref="LoopServerRoomsExtensions.AddRooms"/>).
    /// Map it with <c>app.MapLoopHttpApi()</c>. An <see cref="ILoopMediaProvider"/> and an <see cref="ILoopHttpIdentity"/> among the services take the places of the server's own.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddLoopHttpApi(this ILoopServerBuilder builder, Action<LoopHttpApiOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.AddRooms().Services;
        services.AddOptions<LoopHttpApiOptions>().Configure(configure).ValidateOnStart();
        if (services.Any(static service => service.ServiceType == typeof(ApiRoutes)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LoopHttpApiOptions>, LoopHttpApiOptionsValidator>());
        services.TryAddSingleton<ILoopMediaProvider, OwnSignaling>();
        services.TryAddSingleton<ILoopHttpIdentity, HostIdentity>();
        services.AddSingleton<LoopApiLog>();
        services.AddSingleton<LoopApiMetrics>();
        services.AddSingleton<HawkSessions>();
        services.AddSingleton<HawkGate>();
        services.AddSingleton<ApiAuthentication>();
        services.AddSingleton<ApiEndpoint>();
        services.AddSingleton<ApiRoutes>();
        services.AddSingleton<PushServers>();
        services.AddSingleton<PushAddresses>();
        services.AddSingleton<ServiceResource>();
        services.AddSingleton<SessionResource>();
        services.AddSingleton<RoomsResource>();
        services.AddSingleton<RoomResource>();
        services.AddSingleton<RoomActions>();
        services.AddSingleton<RoomEntrance>();
        services.AddSingleton<CallBook>();
        services.AddSingleton<CallsResource>();
        services.AddSingleton<CallEndpoint>();
        services.AddSingleton<ChangeNotifier>();
        services.AddSingleton<IOwnerObserver>(static provider => provider.GetRequiredService<ChangeNotifier>());
        services.AddHostedService<LoopApiHost>();
        return builder;
    }
}
