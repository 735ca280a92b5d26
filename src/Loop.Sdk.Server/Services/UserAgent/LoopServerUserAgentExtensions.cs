using Loop.Sdk.Server;
using Loop.Sdk.Server.UserAgent;
using Loop.Sdk.UserAgent;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds user agents' state to the server.</summary>
public static class LoopServerUserAgentExtensions
{
    /// <summary>Serves <see cref="IUserAgent"/>, on whatever store the server has. Map the HTTP routes, if anybody needs them, with <c>app.MapLoopUserAgentApi()</c>.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder AddUserAgent(this ILoopServerBuilder builder, Action<UserAgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<UserAgentOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(UserAgentCore)))
        {
            return builder;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<UserAgentOptions>, UserAgentOptionsValidator>());
        services.AddSingleton<UserAgentMetrics>();
        services.AddSingleton<UserAgentCore>();
        services.AddSingleton<UserAgentBook>();
        services.AddSingleton<UserAgentApi>();
        services.AddSingleton<LegacySockets>();
        services.AddSingleton<IUserAgentImporter, UserAgentImporter>();
        services.AddHostedService<UserAgentHost>();
        builder.AddContract<IUserAgent>(static session => new UserAgentHandler(session.Services.GetRequiredService<UserAgentBook>(), session));
        return builder;
    }
}
