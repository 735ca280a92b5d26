using System.Net;
using System.Net.Sockets;

namespace Loop.Sdk.WebRtc.Tests.Conformance;

/// <summary>The address at which a socket can be reached through a <see cref="RouterNetwork"/>, and from which its datagrams come.</summary>
internal sealed class RouterDoor : IAsyncDisposable
{
    private readonly RouterNetwork _network;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly IPEndPoint _behind;
    private readonly Task _pump;

    public RouterDoor(RouterNetwork network, string host, int port)
    {
        _network = network;
        Host = host;
        _behind = new IPEndPoint(IPAddress.Loopback, port);
        _pump = PumpAsync();
    }

    public string Host { get; }

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _pump;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync();
                if (_network.Route(received.RemoteEndPoint.Port, Host) is { } door)
                {
                    await door.SendAsync(received.Buffer, _behind);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async ValueTask SendAsync(byte[] datagram, IPEndPoint to)
    {
        try
        {
            await _socket.SendAsync(datagram, to);
        }
        catch (ObjectDisposedException)
        {
            // Its socket is gone, and this was the last of it.
        }
    }
}
