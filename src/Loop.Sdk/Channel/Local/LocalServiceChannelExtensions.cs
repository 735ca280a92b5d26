namespace Loop.Sdk;

/// <summary>Channels to services of this user on this machine.</summary>
public static class LocalServiceChannelExtensions
{
    private static readonly Uri DefaultEndpoint = new("ws://localhost/loop");

    /// <summary>
    /// Connects over the service's socket, and starts the service before a connection if nobody listens there: also when it was killed. If nothing else was set, the endpoint is
    /// <c>ws://localhost/loop</c>. A channel ends with <c>unsafe_path</c> where others could be the service.
    /// </summary>
    /// <param name="options">The channel's options.</param>
    /// <param name="launcher">The service.</param>
    public static void UseLocalService(this ChannelClientOptions options, LocalServiceLauncher launcher)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(launcher);
        options.UnixSocketPath = launcher.SocketPath;
        options.Endpoint ??= DefaultEndpoint;
        options.Launcher = launcher;
    }
}
