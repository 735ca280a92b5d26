using System.Diagnostics.Metrics;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>Measurements of the engine, from the meter <c>Loop.Sdk.WebRtc</c>.</summary>
internal static class WebRtcMetrics
{
    private static readonly Meter Meter = new("Loop.Sdk.WebRtc");

    private static readonly UpDownCounter<long> Connections =
        Meter.CreateUpDownCounter<long>("loop.webrtc.connections", "{connection}", "Peer connections that are not closed.");

    private static readonly Counter<long> States =
        Meter.CreateCounter<long>("loop.webrtc.state_changes", "{change}", "States that peer connections came to.");

    public static void Opened() => Connections.Add(1);

    public static void Closed() => Connections.Add(-1);

    public static void StateChanged(PeerConnectionState state)
    {
        if (States.Enabled)
        {
            States.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));
        }
    }
}
