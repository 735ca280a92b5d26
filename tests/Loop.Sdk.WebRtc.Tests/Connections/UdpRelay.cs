using System.Net;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Sdp;

namespace Loop.Sdk.WebRtc.Tests.Connections;

/// <summary>Stands between two connections, sees everything, and can be cut: each takes it for the other.</summary>
internal sealed class UdpRelay : IAsyncDisposable
{
    private readonly UdpClient _asFirst = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _asSecond = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Task[] _pumps;
    private IPEndPoint? _first;
    private IPEndPoint? _second;
    private volatile bool _isCut;

    public UdpRelay() => _pumps = [PumpAsync(_asFirst, toFirst: true), PumpAsync(_asSecond, toFirst: false)];

    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    /// <summary>Is shown each datagram, and whether it is for the first end, before it goes on; says whether it may.</summary>
    public Func<byte[], bool, ValueTask<bool>> Passes { get; set; } = static (_, _) => ValueTask.FromResult(true);

    /// <summary>Connects two that have not begun. The first offers.</summary>
    public async Task ConnectAsync(IPeerConnection first, IPeerConnection second)
    {
        await second.SetRemoteDescriptionAsync(Redirect(await first.SetLocalDescriptionAsync(), isFirst: true));
        await first.SetRemoteDescriptionAsync(Redirect(await second.SetLocalDescriptionAsync(), isFirst: false));
    }

    /// <summary>Where an end really is.</summary>
    public IPEndPoint Behind(bool isFirst) => (isFirst ? _first : _second)!;

    /// <summary>Sends a datagram to an end, as if it came from the other.</summary>
    public async Task SendAsync(byte[] datagram, bool toFirst) => await (toFirst ? _asSecond : _asFirst).SendAsync(datagram, Behind(toFirst));

    public async ValueTask DisposeAsync()
    {
        _asFirst.Dispose();
        _asSecond.Dispose();
        await Task.WhenAll(_pumps);
    }

    // Puts the relay's address in place of the describing end's.
    private SessionDescription Redirect(SessionDescription description, bool isFirst)
    {
        var line = SdpParser.Parse(description.Sdp).Media[0].Candidates[0];
        var parts = line.Split(' ');
        var real = new IPEndPoint(IPAddress.Parse(parts[4]), int.Parse(parts[5]));
        (_first, _second) = isFirst ? (real, _second) : (_first, real);
        parts[5] = ((IPEndPoint)(isFirst ? _asFirst : _asSecond).Client.LocalEndPoint!).Port.ToString();
        return description with { Sdp = description.Sdp.Replace(line, string.Join(' ', parts), StringComparison.Ordinal) };
    }

    private async Task PumpAsync(UdpClient from, bool toFirst)
    {
        try
        {
            while (true)
            {
                var received = await from.ReceiveAsync();
                if (!_isCut && (toFirst ? _first : _second) is { } target && await Passes(received.Buffer, toFirst))
                {
                    await (toFirst ? _asSecond : _asFirst).SendAsync(received.Buffer, target);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }
}
