using System.Diagnostics.Metrics;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>Push's part of the server's meter.</summary>
internal sealed class PushMetrics
{
    private readonly Counter<long> _posts;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _sent;
    private readonly UpDownCounter<long> _agents;

    public PushMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(LoopServerMetrics.Name);
        _posts = meter.CreateCounter<long>("loop.server.push.posts", "{message}", "Messages that were posted, by outcome.");
        _delivered = meter.CreateCounter<long>("loop.server.push.delivered", "{message}", "Messages that were handed to a connected agent, by where they came from.");
        _ended = meter.CreateCounter<long>("loop.server.push.ended", "{message}", "Messages that ended, by outcome.");
        _sent = meter.CreateCounter<long>("loop.server.push.sent", "{message}", "Messages that were sent to other push services, by outcome.");
        _agents = meter.CreateUpDownCounter<long>("loop.server.push.agents", "{agent}", "Agents that are connected.");
    }

    public void Posted(string outcome) => _posts.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));

    public void Delivered(bool isStored) => _delivered.Add(1, KeyValuePair.Create<string, object?>("from", isStored ? "store" : "live"));

    public void Ended(PushOutcome outcome, int count)
    {
        if (count > 0)
        {
            _ended.Add(count, KeyValuePair.Create<string, object?>("outcome", outcome.ToString()));
        }
    }

    public void Sent(string outcome) => _sent.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));

    public void Attached(int change) => _agents.Add(change);
}
