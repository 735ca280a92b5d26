using System.Net.Sockets;

namespace Loop.Sdk.Local;

/// <summary>A service's socket, and what lies beside it: the lock of who serves, the lock of who starts it, and who serves now. All of it is in a folder that is the user's alone.</summary>
internal sealed class LocalPlace(string socketPath)
{
    private const UnixFileMode OwnOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(socketPath))!;

    public string SocketPath { get; } = Path.GetFullPath(socketPath);

    public string RecordPath => SocketPath + ".pid";

    private string LockPath => SocketPath + ".lock";

    private string StartLockPath => SocketPath + ".start";

    /// <summary>Makes the folder if there is none. What others may have put there is not touched, and not connected to.</summary>
    /// <exception cref="LoopException"><c>unsafe_path</c>.</exception>
    public void Check()
    {
        try
        {
            Make(_folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unsafe($"The folder {_folder} cannot be made.", exception);
        }

        switch (FileOwner.Of(_folder))
        {
            case not { IsFolder: true }:
                throw Unsafe($"{_folder} is no folder.");
            case { IsOwn: false }:
                throw Unsafe($"The folder {_folder} belongs to another user.");
            case { IsOthers: true }:
                throw Unsafe($"Others may use the folder {_folder}: make it the user's alone (mode 0700).");
        }

        switch (FileOwner.Of(SocketPath))
        {
            case { IsOwn: false }:
                throw Unsafe($"The socket {SocketPath} belongs to another user.");
            case { IsSocket: false }:
                throw Unsafe($"{SocketPath} is no socket.");
        }
    }

    /// <summary>The right to serve, for as long as it is open; null if another process has it. It ends with the process, however that ends.</summary>
    public FileStream? TryLock() => TryLock(LockPath);

    /// <summary>The right to start the service; null if another process has it.</summary>
    public FileStream? TryLockStart() => TryLock(StartLockPath);

    /// <summary>Whether anybody listens.</summary>
    public async Task<bool> IsServedAsync(CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return socket is not null;
    }

    /// <summary>A connection to whoever listens; null if nobody does.</summary>
    public async Task<Socket?> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static LoopException Unsafe(string what, Exception? cause = null) => new(ErrorCodes.UnsafePath, what, cause);

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            // The mode is only that of the last one.
            Directory.CreateDirectory(folder, OwnOnly);
        }
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
