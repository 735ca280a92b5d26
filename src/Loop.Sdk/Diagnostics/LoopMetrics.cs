using System.Diagnostics;
using System.Diagnostics.Metrics;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Diagnostics;

/// <summary>Measurements of the client, from the meter <c>Loop.Sdk</c>.</summary>
internal static class LoopMetrics
{
    private static readonly Meter Meter = new("Loop.Sdk");

    private static readonly Histogram<double> CallDuration =
        Meter.CreateHistogram<double>("loop.client.call.duration", "s", "How long calls with one answer took.");

    private static readonly Counter<long> Reconnects =
        Meter.CreateCounter<long>("loop.client.reconnects", "{reconnect}", "Connections made after one was lost.");

    private static readonly UpDownCounter<long> Connections =
        Meter.CreateUpDownCounter<long>("loop.client.connections", "{connection}", "Channels that are connected.");

    public static bool CallsMeasured => CallDuration.Enabled;

    public static void Called(ContractMethod method, string outcome, TimeSpan duration)
    {
        var tags = new TagList { { "rpc.service", method.ContractName }, { "rpc.method", method.Name }, { "outcome", outcome } };
        CallDuration.Record(duration.TotalSeconds, tags);
    }

    public static void Connected(bool again, bool resumed)
    {
        Connections.Add(1);
        if (again)
        {
            Reconnects.Add(1, new KeyValuePair<string, object?>("resumed", resumed));
        }
    }

    public static void Disconnected() => Connections.Add(-1);
}
