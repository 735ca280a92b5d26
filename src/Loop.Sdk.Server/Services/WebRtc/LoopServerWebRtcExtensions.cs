using Loop.Sdk.Server;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.WebRtc;
using Loop.Sdk.WebRtc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what peers need to find each other.</summary>
public static class LoopServerWebRtcExtensions
{
    /// <summary>Serves <see cref="IPeerSignaling"/> to those who are in rooms: signals between them, servers that help to find paths, and relays. Adds rooms if they are not there.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddWebRtc(this ILoopServerBuilder builder, Action<WebRtcOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddRooms();
        var services = builder.Services;
        services.AddOptions<WebRtcOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(WebRtcCore)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebRtcOptions>, WebRtcOptionsValidator>());
        services.AddSingleton<WebRtcMetrics>();
        services.AddSingleton<WebRtcCore>();
        builder.AddContract<IPeerSignaling>(static session =>
            new PeerSignalingHandler(session.Services.GetRequiredService<WebRtcCore>(), session.Services.GetRequiredService<RoomsCore>(), session));
        return builder;
    }
}
