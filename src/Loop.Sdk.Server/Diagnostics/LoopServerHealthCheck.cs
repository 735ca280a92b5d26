using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Loop.Sdk.Server;

/// <summary>Unhealthy while the server drains, so that balancers send nobody; degraded when nearly all sessions are taken.</summary>
internal sealed class LoopServerHealthCheck(LoopServer server) : IHealthCheck
{
    private const double NearLimit = 0.9;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var count = server.Registry.Count;
        var data = new Dictionary<string, object> { ["sessions"] = count, ["attached"] = server.Registry.AttachedCount };
        if (server.IsDraining)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The server is going away.", exception: null, data));
        }

        return Task.FromResult(count >= server.Options.Limits.MaxSessions * NearLimit
            ? HealthCheckResult.Degraded("Nearly all sessions are taken.", exception: null, data)
            : HealthCheckResult.Healthy(description: null, data));
    }
}
