using System.Diagnostics.Metrics;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>The user agents' part of the server's meter.</summary>
internal sealed class UserAgentMetrics
{
    private readonly Counter<long> _writes;
    private readonly Counter<long> _searches;
    private readonly Counter<long> _forgotten;
    private readonly Counter<long> _imported;
    private readonly UpDownCounter<long> _sockets;

    public UserAgentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(LoopServerMetrics.Name);
        _writes = meter.CreateCounter<long>("loop.server.useragent.writes", "{write}", "Writes of user agents, by kind and outcome.");
        _searches = meter.CreateCounter<long>("loop.server.useragent.searches", "{search}", "Searches.");
        _forgotten = meter.CreateCounter<long>("loop.server.useragent.forgotten", "{item}", "What was deleted of history, by kind.");
        _imported = meter.CreateCounter<long>("loop.server.useragent.imported", "{item}", "What was imported, by kind.");
        _sockets = meter.CreateUpDownCounter<long>("loop.server.useragent.legacy_sockets", "{socket}", "WebSockets of the original protocol.");
    }

    public void Written(string kind, string outcome) =>
        _writes.Add(1, KeyValuePair.Create<string, object?>("kind", kind), KeyValuePair.Create<string, object?>("outcome", outcome));

    public void Searched() => _searches.Add(1);

    public void Forgotten(long visits, long pages)
    {
        _forgotten.Add(visits, KeyValuePair.Create<string, object?>("kind", "visit"));
        _forgotten.Add(pages, KeyValuePair.Create<string, object?>("kind", "page"));
    }

    public void Imported(long visits, long stars)
    {
        _imported.Add(visits, KeyValuePair.Create<string, object?>("kind", "visit"));
        _imported.Add(stars, KeyValuePair.Create<string, object?>("kind", "star"));
    }

    public void SocketOpened() => _sockets.Add(1);

    public void SocketClosed() => _sockets.Add(-1);
}
