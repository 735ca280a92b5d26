using Loop.Sdk.Server;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Testing;

/// <summary>The settings of a <see cref="LoopTestHost"/>.</summary>
public sealed class LoopTestHostOptions
{
    /// <summary>The clock of the server, the clients and the links, for instance a <see cref="FakeClock"/>; null for the system's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Where the server and the clients log; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Changes the server's options.</summary>
    public Action<LoopServerOptions>? ConfigureServer { get; init; }
}
