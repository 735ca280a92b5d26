using System.Buffers.Binary;
using System.Net.Sockets;
using Loop.Sdk.Local;

namespace Loop.Sdk.Server;

/// <summary>Who is at the other end of a Unix domain socket, as the kernel says.</summary>
internal static class UnixPeer
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>The user of this process; null where it cannot be told.</summary>
    public static uint? OwnUser { get; } = OperatingSystem.IsLinux() ? Libc.EffectiveUser() : null;

    /// <summary>Whether the other end is a process of the same user. False where it cannot be told.</summary>
    public static bool IsSameUser(Socket socket) =>
        OwnUser is { } own && socket.AddressFamily == AddressFamily.Unix && UserOf(socket) == own;

    /// <summary>The user of the process at the other end; null where it cannot be told.</summary>
    public static uint? UserOf(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // Process, user, group.
        Span<byte> credentials = stackalloc byte[12];
        try
        {
            return socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == credentials.Length
                ? BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]) : BinaryPrimitives.ReadUInt32BigEndian(credentials[4..])
                : null;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
