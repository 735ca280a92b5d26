using Loop.Sdk.Server;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the server to the host's health checks.</summary>
public static class LoopServerHealthChecksExtensions
{
    /// <summary>Adds a check that is unhealthy while the server drains, and degraded when more than nine tenths of its sessions are taken.</summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="tags">Tags by which endpoints choose checks.</param>
    public static IHealthChecksBuilder AddLoopServer(this IHealthChecksBuilder builder, string name = "loop", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, static services => new LoopServerHealthCheck(services.GetRequiredService<LoopServer>()), HealthStatus.Unhealthy, tags));
    }
}
