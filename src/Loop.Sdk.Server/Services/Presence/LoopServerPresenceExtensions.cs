using Loop.Sdk.Presence;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Presence;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds presence to the server.</summary>
public static class LoopServerPresenceExtensions
{
    /// <summary>
    /// Serves <see cref="IPresence"/>. Nothing may be entered or watched until it is allowed: by <see cref="PresenceOptions.AllowTopics"/>, by a <see cref="PresenceScopeRule"/> among
    /// the services, and for scopes <c>room:token</c> by adding rooms. <see cref="PresenceService"/> is for the host itself.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddPresence(this ILoopServerBuilder builder, Action<PresenceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<PresenceOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(PresenceCore)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PresenceOptions>, PresenceOptionsValidator>());
        services.AddSingleton<PresenceMetrics>();
        services.AddSingleton<PresenceCore>();
        services.AddSingleton(static provider => new PresenceService(provider.GetRequiredService<PresenceCore>()));
        services.AddHostedService<PresenceHost>();
        return builder.AddContract<IPresence>(static session => new PresenceHandler(session.Services.GetRequiredService<PresenceCore>(), session));
    }
}
