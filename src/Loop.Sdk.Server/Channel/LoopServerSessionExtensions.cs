using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.Server;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets the host follow the sessions of its server.</summary>
public static class LoopServerSessionExtensions
{
    /// <summary>Adds an observer of all sessions, made once. Observers are told in the order in which they were added.</summary>
    /// <typeparam name="TObserver">The observer.</typeparam>
    /// <param name="builder">The server.</param>
    public static ILoopServerBuilder AddSessionObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>(this ILoopServerBuilder builder)
        where TObserver : class, ISessionObserver
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<ISessionObserver, TObserver>();
        return builder;
    }
}
