using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Loop.Bench.Load.DataChannels;

/// <summary>A link between two ends that delays each datagram by 10 ms in each direction, and loses one of a hundred that are DTLS, from a seed. Each end is told the link's address for the other's.</summary>
internal sealed partial class LossyLink : IDisposable
{
    private const double Loss = 0.01;
    private const int Seed = 1;
    private const int BufferSize = 64 * 1024 * 1024;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(10);

    private readonly Lane _toOne = new();
    private readonly Lane _toOther = new();
    private volatile bool _isOver;

    public LossyLink()
    {
        new Thread(Run) { IsBackground = true, Name = "lossy link" }.Start();
    }

    /// <summary>The first end's description, with the link's address for its own.</summary>
    public string StandInForOne(string sdp) => StandIn(sdp, _toOne);

    public string StandInForOther(string sdp) => StandIn(sdp, _toOther);

    public void Dispose() => _isOver = true;

    [GeneratedRegex(@"^(a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 )(\d+)( typ host.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Candidate { get; }

    private static string StandIn(string sdp, Lane lane)
    {
        var match = Candidate.Match(sdp);
        if (!match.Success)
        {
            throw new InvalidOperationException("There is no candidate on loopback.");
        }

        lane.Destination = new IPEndPoint(IPAddress.Loopback, int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
        var lines = sdp.Split("\r\n").Where(line => !line.StartsWith("a=candidate", StringComparison.OrdinalIgnoreCase) || line == match.Value.TrimEnd('\r'));
        return Candidate.Replace(string.Join("\r\n", lines), found => $"{found.Groups[1].Value}{lane.Port}{found.Groups[3].Value}");
    }

    private void Run()
    {
        var random = new Random(Seed);
        var buffer = new byte[65536];
        while (!_isOver)
        {
            // What comes to the socket that stands for one end goes to that end, from the socket that stands for the other.
            var moved = Move(_toOne, _toOther.Socket, random, buffer) | Move(_toOther, _toOne.Socket, random, buffer);
            if (!moved)
            {
                Thread.Sleep(0);
            }
        }

        _toOne.Socket.Dispose();
        _toOther.Socket.Dispose();
    }

    private static bool Move(Lane lane, Socket from, Random random, byte[] buffer)
    {
        var moved = false;
        while (lane.Socket.Available > 0)
        {
            moved = true;
            var length = lane.Socket.Receive(buffer);
            if (buffer[0] is < 20 or > 63 || random.NextDouble() >= Loss)
            {
                lane.Waiting.Enqueue((TimeProvider.System.GetTimestamp(), buffer.AsSpan(0, length).ToArray()));
            }
        }

        while (lane.Waiting.TryPeek(out var first) && TimeProvider.System.GetElapsedTime(first.Arrived) >= Delay)
        {
            moved = true;
            lane.Waiting.Dequeue();
            if (lane.Destination is { } destination)
            {
                from.SendTo(first.Datagram, destination);
            }
        }

        return moved;
    }

    private sealed class Lane
    {
        public Lane()
        {
            Socket.ReceiveBufferSize = BufferSize;
            Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        }

        public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        public int Port => ((IPEndPoint)Socket.LocalEndPoint!).Port;

        public Queue<(long Arrived, byte[] Datagram)> Waiting { get; } = [];

        public IPEndPoint? Destination { get; set; }
    }
}
