using Loop.Sdk.Presence;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Notifications;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds notifications to the server.</summary>
public static class LoopServerNotificationExtensions
{
    /// <summary>
    /// Offers the host an <see cref="INotifier"/>, which tells accounts something while a client of theirs is connected and serves <see cref="INotifications"/>, and hands it to an
    /// <see cref="INotificationStore"/> otherwise, if there is one.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddNotifications(this ILoopServerBuilder builder, Action<NotificationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<NotificationOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(KnownAccounts)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NotificationOptions>, NotificationOptionsValidator>());
        services.AddSingleton<KnownAccounts>();
        services.AddSingleton<ISessionGreeter>(static provider => provider.GetRequiredService<KnownAccounts>());
        services.AddSingleton<INotifier, Notifier>();
        return builder;
    }
}
