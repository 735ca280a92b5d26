using Loop.Sdk.Push;
using Loop.Sdk.Server;
using Loop.Sdk.Server.Notifications;
using Loop.Sdk.Server.Push;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds push to the server.</summary>
public static class LoopServerPushExtensions
{
    /// <summary>
    /// Serves <see cref="IPush"/>, on whatever store the server has. Map the endpoints with <c>app.MapLoopPush()</c>. Notifications that nobody takes live
    /// are kept for the account's agents (<see cref="LoopServerNotificationExtensions.AddNotifications"/>).
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddPush(this ILoopServerBuilder builder, Action<PushOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<PushOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(PushCore)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PushOptions>, PushOptionsValidator>());
        services.AddSingleton<PushMetrics>();
        services.AddSingleton<PushAddresses>();
        services.AddSingleton<PushCore>();
        services.AddSingleton<PushAuthorization>();
        services.AddSingleton<EndpointRates>();
        services.AddSingleton<PushPost>();
        services.AddSingleton<SimplePush>();
        services.AddSingleton<PushMessageResource>();
        services.AddSingleton<PushReceiptResource>();
        services.AddSingleton<PushEndpoint>();
        services.AddOptions<PushServiceOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PushServiceOptions>, PushServiceOptionsValidator>());
        services.AddSingleton<PushBroadcasts>();
        services.AddSingleton<IPushBroadcasts>(static provider => provider.GetRequiredService<PushBroadcasts>());
        services.AddSingleton<MozillaEndpoint>();
        services.TryAddSingleton<INotificationStore>(static provider =>
            new PushNotificationStore(provider.GetRequiredService<PushCore>(), provider.GetService<IWebPushSender>()));
        services.AddSingleton<PushHost>();
        services.AddHostedService(static provider => provider.GetRequiredService<PushHost>());
        builder.AddContract<IPush>(static session => new PushHandler(session.Services.GetRequiredService<PushCore>(), session));
        return builder;
    }
}
