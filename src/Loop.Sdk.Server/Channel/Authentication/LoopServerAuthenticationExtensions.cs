using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Server;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ways in which clients prove who they are.</summary>
public static class LoopServerAuthenticationExtensions
{
    /// <summary>Adds a validator of credentials. Several are asked in the order in which they were added.</summary>
    /// <typeparam name="TValidator">The validator, made once.</typeparam>
    /// <param name="builder">The server.</param>
    public static ILoopServerBuilder AddCredentialValidator<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator>(
        this ILoopServerBuilder builder)
        where TValidator : class, ICredentialValidator
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<ICredentialValidator, TValidator>();
        return builder;
    }

    /// <summary>Accepts JSON Web Tokens as credentials. May be called several times, for several issuers.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Sets at least the issuer, the audience and a key.</param>
    /// <exception cref="ArgumentException">The options are incomplete.</exception>
    public static ILoopServerBuilder AddJwtCredentials(this ILoopServerBuilder builder, Action<JwtCredentialOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new JwtCredentialOptions();
        configure(options);
        options.Validate();
        builder.Services.AddSingleton<ICredentialValidator>(provider => new JwtCredentialValidator(options, provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Adds a <see cref="LoopTokenIssuer"/> to the services, and accepts its tokens as credentials.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Changes the options: without a key one is generated, whose tokens are worth nothing after a restart.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public static ILoopServerBuilder AddTokenIssuer(this ILoopServerBuilder builder, Action<LoopTokenIssuerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new LoopTokenIssuerOptions();
        configure?.Invoke(options);
        options.Validate();
        builder.Services.AddSingleton(provider => new LoopTokenIssuer(options, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<ICredentialValidator>(static provider =>
        {
            var issuer = provider.GetRequiredService<LoopTokenIssuer>();
            var accepted = new JwtCredentialOptions { Issuer = issuer.Options.Issuer, Audience = issuer.Options.Audience };
            accepted.Keys.Add(issuer.Key);
            return new JwtCredentialValidator(accepted, provider.GetRequiredService<TimeProvider>());
        });
        return builder;
    }
}
