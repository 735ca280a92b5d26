using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Loop.Sdk.Server;

/// <summary>The server's metrics: the meter and the activity source are both named <c>Loop.Sdk.Server</c>.</summary>
internal sealed class LoopServerMetrics
{
    public const string Name = "Loop.Sdk.Server";

    private readonly Counter<long> _connections;
    private readonly Counter<long> _resumes;
    private readonly Counter<long> _rateLimited;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _callDuration;

    public LoopServerMetrics(IMeterFactory meters, SessionRegistry registry)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableUpDownCounter("loop.server.sessions", () => Observe(registry), "{session}", "Sessions, by whether a connection carries them.");
        _connections = meter.CreateCounter<long>("loop.server.connections", "{connection}", "Handshakes, by how they ended.");
        _resumes = meter.CreateCounter<long>("loop.server.resumes", "{resume}", "Attempts to resume a session, by how they ended.");
        _rateLimited = meter.CreateCounter<long>("loop.server.rate_limited", "{event}", "What a rate limit refused.");
        _calls = meter.CreateCounter<long>("loop.server.calls", "{call}", "Calls that ended, by contract, method and outcome.");
        _callDuration = meter.CreateHistogram<double>("loop.server.call.duration", "s", "How long handlers ran.");
    }

    public bool MeasuresCalls => _calls.Enabled || _callDuration.Enabled;

    public void Connected(string outcome) => _connections.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));

    public void Resumed(bool accepted) => _resumes.Add(1, KeyValuePair.Create<string, object?>("outcome", accepted ? "ok" : "refused"));

    public void RateLimited(string limit) => _rateLimited.Add(1, KeyValuePair.Create<string, object?>("limit", limit));

    public void Called(string contract, string method, string outcome, TimeSpan duration)
    {
        var tags = new TagList { { "contract", contract }, { "method", method }, { "outcome", outcome } };
        _calls.Add(1, tags);
        _callDuration.Record(duration.TotalSeconds, tags);
    }

    private static Measurement<long>[] Observe(SessionRegistry registry)
    {
        var attached = registry.AttachedCount;
        return
        [
            new(attached, KeyValuePair.Create<string, object?>("state", "attached")),
            new(Math.Max(0, registry.Count - attached), KeyValuePair.Create<string, object?>("state", "detached")),
        ];
    }
}
