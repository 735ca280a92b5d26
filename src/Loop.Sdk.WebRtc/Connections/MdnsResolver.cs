using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>Asks the local network for a <c>.local</c> name (RFC 6762, section 5.1: one-shot queries), under which browsers hide addresses.</summary>
internal static class MdnsResolver
{
    private const int Port = 5353;
    private const int LongestAnswer = 9000;

    private static readonly IPAddress Group = IPAddress.Parse("224.0.0.251");
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(750), TimeSpan.FromSeconds(2)];

    /// <summary>The name's address; null if nobody answers within three seconds.</summary>
    public static async Task<IPAddress?> ResolveAsync(string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = MdnsMessage.WriteQuery(name);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 255);
        foreach (var wait in Waits)
        {
            Send(socket, query);
            using var timeout = new CancellationTokenSource(wait, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            if (await ReceiveAsync(socket, name, either.Token).ConfigureAwait(false) is { } address)
            {
                return address;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return null;
    }

    private static void Send(Socket socket, byte[] query)
    {
        foreach (var index in Interfaces())
        {
            try
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(index));
                socket.SendTo(query, new IPEndPoint(Group, Port));
            }
            catch (SocketException)
            {
                // An interface without multicast.
            }
        }
    }

    private static List<int> Interfaces()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(static network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown && network.Supports(NetworkInterfaceComponent.IPv4))
                    .Select(static network => network.GetIPProperties().GetIPv4Properties().Index),
            ];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    private static async Task<IPAddress?> ReceiveAsync(Socket socket, string name, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestAnswer];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), cancellationToken).ConfigureAwait(false);
                if (MdnsMessage.TryReadAnswer(buffer.AsSpan(0, received.ReceivedBytes), name) is { } address)
                {
                    return address;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            return null;
        }
    }
}
