namespace Loop.Sdk.Server;

/// <summary>What a session, and all of them together, may take of the server. Every limit, when exceeded, has the answer that is given in <c>docs/errors.md</c>.</summary>
public sealed class LoopServerLimits
{
    /// <summary>Payload bytes that a client may send on a new stream before it is given more. 32 KiB to 16 MiB; 64 KiB by default.</summary>
    public int StreamWindow { get; set; } = 64 * 1024;

    /// <summary>How far a stream's window grows while its client is really held up by it, in bytes. <see cref="StreamWindow"/> to 64 MiB; 1 MiB by default. For one large message it grows to 256 KiB at most.</summary>
    public int MaxStreamWindow { get; set; } = 1024 * 1024;

    /// <summary>Payload bytes that a client may send on all its streams together before it is given more. <see cref="StreamWindow"/> to 256 MiB; 4 MiB by default.</summary>
    public int SessionWindow { get; set; } = 4 * 1024 * 1024;

    /// <summary>The longest message that is taken, in bytes. 1 to 256 MiB; 4 MiB by default.</summary>
    public int MaxMessage { get; set; } = 4 * 1024 * 1024;

    /// <summary>Streams that a client may have open at once. 1 to 1 000 000; 1024 by default.</summary>
    public int MaxStreams { get; set; } = 1024;

    /// <summary>Received bytes after which the server acknowledges, or 16 times as many where that would be more than ten times a second. 1 KiB to 1 MiB; 32 KiB by default.</summary>
    public int AckBytes { get; set; } = 32 * 1024;

    /// <summary>Bytes of partly received messages that a session may hold. <see cref="MaxMessage"/> to 1 GiB; 16 MiB by default.</summary>
    public int MaxAssembly { get; set; } = 16 * 1024 * 1024;

    /// <summary>Bytes that are kept for a client that has not acknowledged them, connected or not; the session ends when there are more. 256 KiB to 1 GiB; 16 MiB by default.</summary>
    public long MaxReplay { get; set; } = 16 * 1024 * 1024;

    /// <summary>Bytes that wait for a slow subscriber before its stream's policy acts. 16 KiB to 64 MiB; 256 KiB by default.</summary>
    public int MaxQueued { get; set; } = 256 * 1024;

    /// <summary>Sessions that the server holds, with a connection or without. At least 1; 100 000 by default.</summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>Sessions that one principal may have. The one longest without a connection makes room for a new one. At least 1; 100 by default. Anonymous clients are not counted.</summary>
    public int MaxSessionsPerPrincipal { get; set; } = 100;
}
