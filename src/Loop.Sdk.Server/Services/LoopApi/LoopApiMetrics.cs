using System.Diagnostics.Metrics;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The Loop HTTP API's part of the server's meter.</summary>
internal sealed class LoopApiMetrics
{
    private readonly Counter<long> _sessions;
    private readonly Counter<long> _pushes;
    private readonly Counter<long> _domains;
    private readonly Counter<long> _calls;

    public LoopApiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(LoopServerMetrics.Name);
        _sessions = meter.CreateCounter<long>("loop.server.http_api.sessions", "{session}", "Sessions that began, by kind.");
        _pushes = meter.CreateCounter<long>("loop.server.http_api.pushes", "{push}", "Changes that were pushed to clients, by outcome.");
        _domains = meter.CreateCounter<long>("loop.server.http_api.shared_domains", "{page}", "Pages of other sites that participants say they shared.");
        _calls = meter.CreateCounter<long>("loop.server.http_api.calls", "{call}", "Direct calls, by how they ended.");
    }

    public void Began(bool isBound) => _sessions.Add(1, KeyValuePair.Create<string, object?>("kind", isBound ? "account" : "anonymous"));

    public void Pushed(string outcome) => _pushes.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));

    public void Shared(long count) => _domains.Add(count);

    public void Called(string outcome) => _calls.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));
}
