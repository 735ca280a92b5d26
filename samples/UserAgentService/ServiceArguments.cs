using Loop.Sdk;

namespace UserAgentService;

/// <summary>What the service is told on its command line.</summary>
internal sealed record ServiceArguments
{
    public const string Usage = """
        usage: UserAgentService [--socket PATH] [--database FILE] [--version X.Y] [--listen https://0.0.0.0:9443]
          --socket    the Unix domain socket; by default in the session's own folder
          --database  the file that everything is kept in; by default beside the socket
          --version   takes over from an older one; 1.0 by default
          --listen    over TCP instead; everybody needs the token in the environment variable LOOP_TOKEN. The certificate is Kestrel's:
                      Kestrel__Certificates__Default__Path and …__KeyPath; plain http:// is for loopback, or behind a proxy
        """;

    public string Socket { get; init; } = LocalSocket.PathFor("loop-useragent");

    public string? Database { get; init; }

    public Version Version { get; init; } = new(1, 0);

    public string? Listen { get; init; }

    public static ServiceArguments? Parse(ReadOnlySpan<string> arguments)
    {
        var parsed = new ServiceArguments();
        for (; arguments is [var name, var value, .. var rest]; arguments = rest)
        {
            parsed = name switch
            {
                "--socket" => parsed with { Socket = value },
                "--database" => parsed with { Database = value },
                "--version" when Version.TryParse(value, out var version) => parsed with { Version = version },
                "--listen" => parsed with { Listen = value },
                _ => null,
            };
            if (parsed is null)
            {
                return null;
            }
        }

        return arguments.IsEmpty ? parsed : null;
    }
}
