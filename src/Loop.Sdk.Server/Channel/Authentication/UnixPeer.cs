using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;

namespace Loop.Sdk.Server;

/// <summary>Who is at the other end of a Unix domain socket, as the kernel says.</summary>
internal static class UnixPeer
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const string Status = "/proc/self/status";
    private const string UserLine = "Uid:";

    /// <summary>The user of this process; null where it cannot be told.</summary>
    public static uint? OwnUser { get; } = ReadOwnUser();

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

    // The effective user is the second number.
    private static uint? ReadOwnUser() => File.Exists(Status)
        && File.ReadLines(Status).FirstOrDefault(static line => line.StartsWith(UserLine, StringComparison.Ordinal)) is { } line
        && line[UserLine.Length..].Split('\t', StringSplitOptions.RemoveEmptyEntries) is [_, var effective, ..]
        && uint.TryParse(effective, NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            ? user
            : null;
}
