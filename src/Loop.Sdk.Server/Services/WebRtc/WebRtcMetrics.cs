using System.Diagnostics.Metrics;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>The peers' part of the server's meter.</summary>
internal sealed class WebRtcMetrics
{
    private readonly Counter<long> _signals;
    private readonly Counter<long> _lost;
    private readonly UpDownCounter<long> _relays;
    private readonly Counter<long> _relayed;

    public WebRtcMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(LoopServerMetrics.Name);
        _signals = meter.CreateCounter<long>("loop.server.webrtc.signals", "{signal}", "Signals that were passed on.");
        _lost = meter.CreateCounter<long>("loop.server.webrtc.signals_lost", "{signal}", "Signals that were dropped since too much waited.");
        _relays = meter.CreateUpDownCounter<long>("loop.server.webrtc.relays", "{end}", "Ends of relays that have met their other end.");
        _relayed = meter.CreateCounter<long>("loop.server.webrtc.relayed", "By", "Bytes that were relayed.");
    }

    public void Signalled(int dropped)
    {
        _signals.Add(1);
        _lost.Add(dropped);
    }

    public void Meeting(int change) => _relays.Add(change);

    public void Relayed(int bytes) => _relayed.Add(bytes);
}
