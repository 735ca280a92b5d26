using BenchmarkDotNet.Attributes;
using Loop.Sdk.WebRtc.Sctp;

namespace Loop.Bench.Micro;

/// <summary>Two associations joined by nothing but a method call: what a message costs both ends together, without sockets and encryption.</summary>
public class SctpBenchmarks
{
    private const int Count = 1024;

    private readonly byte[] _packet = new byte[16_384];
    private readonly byte[] _large = new byte[16 * 1024];
    private readonly byte[] _small = new byte[100];
    private SctpAssociation _sender = null!;
    private SctpAssociation _receiver = null!;
    private long _now = 1_000_000;
    private int _received;

    /// <summary>The largest packet: 1 184 bytes, which every path carries, or 16 000, as over loopback.</summary>
    [Params(1184, 16_000)]
    public int Packet { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var settings = new SctpSettings { MaxPacketSize = Packet };
        _sender = new SctpAssociation(settings);
        _receiver = new SctpAssociation(settings);
        _sender.Connect(settings.LocalPort, _now);
        _receiver.Connect(settings.LocalPort, _now);
        Move();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Message_of_16_KiB() => Send(_large);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Message_of_100_bytes() => Send(_small);

    private void Send(byte[] message)
    {
        _received = 0;
        for (var sent = 0; _received < Count;)
        {
            while (sent < Count && _sender.TrySend(1, 53, message, Reliability.Ordered, _now) == SctpSendResult.Taken)
            {
                sent++;
            }

            Move();
            _now += 10;
            _sender.Timeout(_now);
            _receiver.Timeout(_now);
        }
    }

    private void Move()
    {
        while (Move(_sender, _receiver) | Move(_receiver, _sender))
        {
        }
    }

    private bool Move(SctpAssociation from, SctpAssociation to)
    {
        var any = false;
        for (int length; (length = from.Write(_packet, _now)) > 0; any = true)
        {
            _now++;
            to.Receive(_packet.AsSpan(0, length), _now);
            while (to.TryReadEvent(out var next))
            {
                if (next.Kind == SctpEventKind.Message)
                {
                    _received++;
                    to.Return(next.Message);
                }
            }
        }

        return any;
    }
}
