using Loop.Sdk.Server;
using Loop.Sdk.Server.Push;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the sending of Web Push to the server.</summary>
public static class LoopServerWebPushSenderExtensions
{
    /// <summary>Offers the host an <see cref="IWebPushSender"/>, on whatever store the server has. Push is added as well (<see cref="LoopServerPushExtensions.AddPush"/>).</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddWebPushSender(this ILoopServerBuilder builder, Action<WebPushSenderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.AddPush().Services;
        services.AddOptions<WebPushSenderOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebPushSenderOptions>, WebPushSenderOptionsValidator>());
        services.TryAddSingleton<SenderIdentity>();
        services.TryAddSingleton<WebPushHttp>();
        services.TryAddSingleton<SendPauses>();
        services.TryAddSingleton<IWebPushSender, WebPushSender>();
        return builder;
    }
}
