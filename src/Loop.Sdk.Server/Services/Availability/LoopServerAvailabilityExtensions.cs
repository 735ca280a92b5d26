using Loop.Sdk.Presence;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Availability;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds account availability to the server.</summary>
public static class LoopServerAvailabilityExtensions
{
    /// <summary>
    /// Serves <see cref="IAvailability"/> and <see cref="IPeople"/>, on whatever store the server has. Devices have the grace of <see cref="LoopServerPresenceExtensions.AddPresence"/>,
    /// which is added as well.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddAvailability(this ILoopServerBuilder builder, Action<AvailabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.AddPresence().Services;
        services.AddOptions<AvailabilityOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(AvailabilityCore)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AvailabilityOptions>, AvailabilityOptionsValidator>());
        services.AddSingleton<AvailabilityCore>();
        builder.AddContract<IAvailability>(static session => new AvailabilityHandler(CoreOf(session), session));
        builder.AddContract<IPeople>(static session => new PeopleHandler(CoreOf(session), session));
        return builder;
    }

    private static AvailabilityCore CoreOf(LoopSession session) => session.Services.GetRequiredService<AvailabilityCore>();
}
