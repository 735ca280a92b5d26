using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Adds contracts to the server, each with the implementation that its calls run on. How long an implementation lives is chosen here: one for all calls costs
/// a call nothing; one for each session knows whose calls it gets; one for each call has a scope of services and can have <see cref="LoopCall"/> injected.
/// </summary>
public static class LoopServerContractExtensions
{
    /// <summary>Adds a contract whose handler is made for every call, in a scope of services that ends with the call.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="THandler">The handler, which is added to the services if it is not there.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Says who may call it.</param>
    public static ILoopServerBuilder AddContract<TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this ILoopServerBuilder builder, Action<ContractOptions>? configure = null)
        where TContract : class, IContract<TContract>
        where THandler : class, TContract
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<THandler>();
        return Add<TContract>(builder, configure, static (_, _, pipeline) => new ScopedActivator<TContract, THandler>(pipeline));
    }

    /// <summary>Adds a contract whose handler is made once, from the services, and gets the calls of all sessions at once.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="THandler">The handler, which is added to the services if it is not there.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Says who may call it.</param>
    public static ILoopServerBuilder AddSingletonContract<TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this ILoopServerBuilder builder, Action<ContractOptions>? configure = null)
        where TContract : class, IContract<TContract>
        where THandler : class, TContract
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<THandler>();
        return Add<TContract>(builder, configure, static (services, _, pipeline) =>
            new SingletonActivator<TContract>(services.GetRequiredService<THandler>(), pipeline));
    }

    /// <summary>Adds a contract with one implementation, which gets the calls of all sessions at once.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="implementation">The implementation, safe for concurrent use.</param>
    /// <param name="configure">Says who may call it.</param>
    public static ILoopServerBuilder AddContract<TContract>(this ILoopServerBuilder builder, TContract implementation, Action<ContractOptions>? configure = null)
        where TContract : class, IContract<TContract>
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(implementation);
        return Add<TContract>(builder, configure, (_, _, pipeline) => new SingletonActivator<TContract>(implementation, pipeline));
    }

    /// <summary>Adds a contract with one implementation for every session, made at its first call and disposed of when the session ends.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="perSession">Makes the implementation for a session, which gets that session's calls at once.</param>
    /// <param name="configure">Says who may call it.</param>
    public static ILoopServerBuilder AddContract<TContract>(
        this ILoopServerBuilder builder, Func<LoopSession, TContract> perSession, Action<ContractOptions>? configure = null)
        where TContract : class, IContract<TContract>
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(perSession);
        return Add<TContract>(builder, configure, (_, id, pipeline) => new SessionActivator<TContract>(perSession, id, pipeline));
    }

    private static ILoopServerBuilder Add<TContract>(
        ILoopServerBuilder builder, Action<ContractOptions>? configure, Func<IServiceProvider, int, CallPipeline, ICallActivator<TContract>> activate)
        where TContract : class, IContract<TContract>
    {
        var options = new ContractOptions();
        configure?.Invoke(options);
        var descriptor = TContract.Descriptor;
        var unknown = options.Rules.Find(rule => rule.Method is not null && descriptor.Methods.All(method => method.Name != rule.Method));
        if (unknown is not null)
        {
            throw new ArgumentException($"The contract {descriptor.Name} has no method {unknown.Method}.", nameof(configure));
        }

        builder.Services.AddSingleton(new ContractRegistration((services, id) =>
        {
            var diagnostics = new CallDiagnostics(services.GetRequiredService<LoopServerMetrics>());
            var logger = services.GetRequiredService<ILogger<LoopServer>>();
            var pipeline = new CallPipeline(options.Rules, diagnostics, services.GetRequiredService<IServiceScopeFactory>(), logger);
            return new ContractBinding<TContract>(descriptor, activate(services, id, pipeline));
        }));
        return builder;
    }
}
