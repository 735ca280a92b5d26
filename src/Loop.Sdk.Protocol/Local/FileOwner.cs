using System.Runtime.InteropServices;

namespace Loop.Sdk.Local;

/// <summary>Whose a file is, and what it is. Symbolic links are not followed.</summary>
/// <param name="IsOwn">Whether it is this process's user's.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="IsSocket">Whether it is a socket.</param>
/// <param name="IsOthers">Whether others than its owner may do anything with it.</param>
internal readonly record struct FileOwner(bool IsOwn, bool IsFolder, bool IsSocket, bool IsOthers)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStatus = 0x7FF;
    private const int Kind = 0xF000;
    private const int Folder = 0x4000;
    private const int Socket = 0xC000;
    private const int Others = 0x3F;

    /// <summary>Reads it; null if there is nothing.</summary>
    public static FileOwner? Of(string path) => !Path.Exists(path) && new FileInfo(path).LinkTarget is null ? null
        : OperatingSystem.IsLinux() ? OfLinux(path)
        : OfOthers(path);

    private static FileOwner? OfLinux(string path)
    {
        Span<byte> status = stackalloc byte[256];
        if (Libc.Status(CurrentFolder, path, NoFollow, BasicStatus, status) != 0)
        {
            return null;
        }

        var mode = MemoryMarshal.Read<ushort>(status[28..]);
        return new(MemoryMarshal.Read<uint>(status[20..]) == Libc.EffectiveUser(), (mode & Kind) == Folder, (mode & Kind) == Socket, (mode & Others) != 0);
    }

    // Where nobody says whose a file is: only its owner may change its mode. What is neither folder nor has bytes may be a socket.
    private static FileOwner OfOthers(string path)
    {
        var isFolder = Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null;
        var isEmpty = !isFolder && new FileInfo(path) is { Length: 0, LinkTarget: null };
        if (OperatingSystem.IsWindows())
        {
            return new(IsOwn: true, isFolder, isEmpty, IsOthers: false);
        }

        try
        {
            var mode = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, mode);
            return new(IsOwn: true, isFolder, isEmpty, ((int)mode & Others) != 0);
        }
        catch (UnauthorizedAccessException)
        {
            return new(IsOwn: false, isFolder, isEmpty, IsOthers: true);
        }
    }
}
