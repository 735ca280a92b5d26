namespace Loop.Bench.Load.Workloads;

/// <summary>The metrics' names, as in the results.</summary>
internal static class MetricNames
{
    public const string P50 = "p50_us";
    public const string P99 = "p99_us";
    public const string PerSecond = "per_s";
    public const string HealthyPerSecond = "healthy_per_s";
    public const string ServerAllocated = "server_alloc_b";
    public const string ClientAllocated = "client_alloc_b";
    public const string ServerResident = "server_rss_b";
    public const string ClientManaged = "client_managed_b";
    public const string ConnectPerSecond = "connect_per_s";
    public const string AllBack = "all_back_ms";
    public const string PingP99 = "ping_p99_us";
    public const string MegabytesPerSecond = "mb_per_s";
    public const string Lost = "lost";
    public const string Doubled = "doubled";
}
