using System.Net.Sockets;
using System.Runtime.InteropServices;
using Loop.Sdk.Local;

namespace Loop.Sdk.Server;

/// <summary>Who is at the other end of a Unix domain socket, as the kernel says.</summary>
internal static class UnixPeer
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    // Process, user, group.
    private const int CredentialsSize = 12;
    private const int ProcessOffset = 0;
    private const int UserOffset = 4;

    /// <summary>The user of this process; null where it cannot be told.</summary>
    public static uint? OwnUser { get; } = OperatingSystem.IsLinux() ? Libc.EffectiveUser() : null;

    /// <summary>Whether the other end is a process of the same user. False where it cannot be told.</summary>
    public static bool IsSameUser(Socket socket) =>
        OwnUser is { } own && socket.AddressFamily == AddressFamily.Unix && UserOf(socket) == own;

    /// <summary>The user of the process at the other end; null where it cannot be told.</summary>
    public static uint? UserOf(Socket socket) => Credential(socket, UserOffset);

    /// <summary>The process at the other end, of a connection to a listener the one that began to listen; null where it cannot be told.</summary>
    public static int? ProcessOf(Socket socket) => (int?)Credential(socket, ProcessOffset);

    private static uint? Credential(Socket socket, int offset)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> credentials = stackalloc byte[CredentialsSize];
        try
        {
            return socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == credentials.Length ? MemoryMarshal.Read<uint>(credentials[offset..]) : null;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
