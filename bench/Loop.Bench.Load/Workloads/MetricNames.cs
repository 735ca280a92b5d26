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
    public const string CallP50 = "call_p50_us";
    public const string JoinSeenP50 = "join_seen_p50_us";
    public const string CreateJoinSeenP50 = "create_seen_p50_us";
    public const string ListMilliseconds = "list_ms";
    public const string ListWallMilliseconds = "list_wall_ms";
    public const string ListChangedMilliseconds = "list_changed_ms";
    public const string TimelinePerSecond = "timeline_per_s";
    public const string Diverged = "diverged";
    public const string BytesPerDiff = "bytes_per_diff";
    public const string CpuPerDiff = "cpu_us_per_diff";
    public const string Stampede = "stampede_ms";
    public const string PostToCallbackP50 = "post_to_callback_p50_us";
    public const string DurablePerSecond = "durable_per_s";
    public const string MemoryPerSecond = "memory_per_s";
    public const string BacklogFirst = "backlog_first_ms";
    public const string VisitP50 = "visit_p50_us";
    public const string SearchP50 = "search_p50_ms";
    public const string SearchP95 = "search_p95_ms";
    public const string TopSitesP50 = "topsites_p50_ms";
    public const string Snapshot = "snapshot_ms";
    public const string ResidentMebibytes = "rss_mb";
    public const string GetPerSecond = "get_per_s";
    public const string JoinPerSecond = "join_per_s";
    public const string SmallPerSecond = "small_per_s";
    public const string PingP50 = "ping_p50_us";
    public const string OpenMilliseconds = "open_ms";
    public const string AllocatedPerByte = "alloc_per_byte";
    public const string KilobytesPerConnection = "kb_per_connection";
    public const string ManagedPerConnection = "managed_kb_per_connection";
    public const string CpuPerConnectionSecond = "cpu_us_per_connection_s";
}
