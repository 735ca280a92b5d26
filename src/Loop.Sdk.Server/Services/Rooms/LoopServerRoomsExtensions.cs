using Loop.Sdk.Rooms;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Presence;
using Loop.Sdk.Server.Rooms;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds rooms to the server.</summary>
public static class LoopServerRoomsExtensions
{
    /// <summary>
    /// Serves <see cref="IRooms"/> and <see cref="ITimeline"/>, on whatever store the server has. Guests join on anonymous sessions, which the server has to allow:
    /// <see cref="LoopServerOptions.AllowAnonymous"/>.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddRooms(this ILoopServerBuilder builder, Action<RoomsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<RoomsOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(RoomsCore)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RoomsOptions>, RoomsOptionsValidator>());
        services.AddSingleton<RoomsMetrics>();
        services.AddSingleton<RoomsCore>();
        services.AddHostedService<RoomsHost>();
        services.AddSingleton<PresenceScopeRule, RoomScopeRule>();
        builder.AddContract<IRooms>(static session => new RoomsHandler(CoreOf(session), session));
        builder.AddContract<ITimeline>(static session => new TimelineHandler(CoreOf(session), session));
        return builder;
    }

    private static RoomsCore CoreOf(LoopSession session) => session.Services.GetRequiredService<RoomsCore>();
}
