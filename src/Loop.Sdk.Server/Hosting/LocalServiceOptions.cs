namespace Loop.Sdk.Server;

/// <summary>How a process becomes the one that serves on a socket.</summary>
public sealed class LocalServiceOptions
{
    /// <summary>The Unix domain socket: see <see cref="LocalSocket.PathFor"/>. Its folder is made if there is none; it must be the user's alone (mode 0700).</summary>
    public required string SocketPath { get; init; }

    /// <summary>The program's version. It takes over from an older one; from one of the same or a newer version it does not. 0.0 by default.</summary>
    public Version Version { get; init; } = new(0, 0);

    /// <summary>How long one that is older may take to end: 1 ms to 1 hour; 30 s by default.</summary>
    public TimeSpan TakeOverTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
