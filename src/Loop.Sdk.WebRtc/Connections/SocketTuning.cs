using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>What UDP sockets are set to.</summary>
internal static class SocketTuning
{
    // From Linux's headers: <netinet/in.h>.
    private const int IpLevel = 0;
    private const int IpMtuDiscover = 10;
    private const int Ipv6Level = 41;
    private const int Ipv6MtuDiscover = 23;
    private const int Probe = 3;

    /// <summary>
    /// Large buffers, and no fragmentation, for packets that are too long for the path are to be lost: that is how its size is found (RFC 8899). On Linux without the kernel's own idea of that
    /// size, which anybody can send it.
    /// </summary>
    public static void Apply(Socket socket, int buffer)
    {
        socket.ReceiveBufferSize = buffer;
        socket.SendBufferSize = buffer;
        var isV6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        if (OperatingSystem.IsLinux())
        {
            var value = Probe;
            socket.SetRawSocketOption(isV6 ? Ipv6Level : IpLevel, isV6 ? Ipv6MtuDiscover : IpMtuDiscover, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));
        }
        else if (!isV6)
        {
            socket.DontFragment = true;
        }
    }
}
