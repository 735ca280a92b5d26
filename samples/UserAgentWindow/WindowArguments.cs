using Loop.Sdk;

namespace UserAgentWindow;

/// <summary>Where a window's service is.</summary>
internal sealed record WindowArguments
{
    public const string Usage = """
        usage: UserAgentWindow [--socket PATH] [--version X.Y] [--endpoint wss://agent.example/loop]
               UserAgentWindow tour
          --socket    the service's Unix domain socket; by default in the session's own folder
          --version   the service's version that is started, and that takes over from an older one
          --endpoint  a service elsewhere instead; its token is in the environment variable LOOP_TOKEN
          tour        plays two windows, a service that is killed, and an update, by itself
        """;

    public string Socket { get; init; } = LocalSocket.PathFor("loop-useragent");

    public Version Version { get; init; } = new(1, 0);

    public Uri? Endpoint { get; init; }

    public static WindowArguments? Parse(ReadOnlySpan<string> arguments)
    {
        var parsed = new WindowArguments();
        for (; arguments is [var name, var value, .. var rest]; arguments = rest)
        {
            parsed = name switch
            {
                "--socket" => parsed with { Socket = value },
                "--version" when Version.TryParse(value, out var version) => parsed with { Version = version },
                "--endpoint" when Uri.TryCreate(value, UriKind.Absolute, out var endpoint) => parsed with { Endpoint = endpoint },
                _ => null,
            };
            if (parsed is null)
            {
                return null;
            }
        }

        return arguments.IsEmpty ? parsed : null;
    }

    /// <summary>A channel to the service: the only place that knows where it is.</summary>
    public ChannelClient Connect()
    {
        var options = new ChannelClientOptions { Reconnect = { InitialDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromSeconds(1) } };
        if (Endpoint is null)
        {
            options.UseLocalService(new LocalServiceLauncher
            {
                SocketPath = Socket,
                Program = Path.Combine(AppContext.BaseDirectory, "UserAgentService"),
                Arguments = ["--socket", Socket, "--version", $"{Version}"],
                Version = Version,
                LogPath = Path.ChangeExtension(Socket, ".log"),
            });
        }
        else
        {
            options.Endpoint = Endpoint;
            options.CredentialsProvider = static _ => ValueTask.FromResult<Credentials?>(Credentials.Bearer(Environment.GetEnvironmentVariable("LOOP_TOKEN") ?? ""));
        }

        return ChannelClient.Create(options);
    }
}
