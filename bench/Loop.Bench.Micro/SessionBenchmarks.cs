using BenchmarkDotNet.Attributes;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Bench.Micro;

/// <summary>Two sessions joined by nothing but a method call: what the state machine costs without sockets, threads or JSON.</summary>
public class SessionBenchmarks
{
    private const int Items = 512;

    private readonly byte[] _payload = new byte[100];
    private readonly BenchEvents _events = new();
    private Session _client = null!;
    private Session _server = null!;
    private BenchStream _stream = null!;

    [GlobalSetup]
    public void Setup()
    {
        var limits = new PeerLimits();
        _client = new Session(SessionSide.Client, SessionOptions.Default, limits, _events);
        _server = new Session(SessionSide.Server, SessionOptions.Default, limits, _events);
        _client.Attach(0, 1);
        _server.Attach(0, 1);
        _stream = new BenchStream(answers: false);
        _events.Answers = false;
        _client.Open(_stream, new OpenHeader { ServiceId = 1, Method = 1 }, _payload, end: false, borrow: true);
        Pump();
        _events.Answers = true;
    }

    [Benchmark(OperationsPerInvoke = Items)]
    public void Stream_item()
    {
        for (var index = 0; index < Items; index++)
        {
            _client.Send(_stream, _payload, end: false, borrow: true);
        }

        Pump();
    }

    [Benchmark(OperationsPerInvoke = Items)]
    public void Unary_call()
    {
        for (var index = 0; index < Items; index++)
        {
            _client.Open(new BenchStream(answers: false), new OpenHeader { ServiceId = 1, Method = 1 }, _payload, end: true, borrow: true);
        }

        Pump();
    }

    private void Pump()
    {
        while (Move(_client, _server) || Move(_server, _client))
        {
        }
    }

    private static bool Move(Session from, Session to)
    {
        if (!from.TryTake(1, out var message))
        {
            return false;
        }

        to.Receive(message.Span, 1);
        from.Taken();
        return true;
    }
}
