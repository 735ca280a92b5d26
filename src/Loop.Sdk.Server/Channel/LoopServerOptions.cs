namespace Loop.Sdk.Server;

/// <summary>How the server behaves. Checked when the host starts: a value out of range stops it with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</summary>
public sealed class LoopServerOptions
{
    /// <summary>Whether a client may connect without credentials and without a user of the host's own authentication. Off by default.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>How long a client may take for its hello after the WebSocket was accepted, and again how long its credentials may take to be checked. 100 ms to 1 minute; 5 s by default.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may be silent before the client sends a ping. 1 s to 10 minutes; 15 s by default.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the answer to a ping may take: a connection is dropped after twice <see cref="KeepAlive"/> and this long without a sign of its client. 1 s to 1 minute; 10 s by default.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a session without a connection is kept for a resume. 0 (never resumable) to 1 hour; 2 minutes by default.</summary>
    public TimeSpan ResumeWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long before its credentials expire a client is told so. 0 to 1 hour; 1 minute by default.</summary>
    public TimeSpan ExpiryWarning { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a shutdown waits for open calls before it ends them. 0 to 10 minutes; 5 s by default. The host's own shutdown timeout bounds it as well.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Over how long a time the clients of a server that goes away are asked to spread their new connections. 0 to 10 minutes; 5 s by default.</summary>
    public TimeSpan DrainSpread { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The origins of web pages that may connect, for example <c>https://app.example</c>, besides the server's own origin, which always may; <c>*</c> for any.
    /// Connections without an <c>Origin</c> header do not come from web pages and are not held to this.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>What a session, and all of them together, may take.</summary>
    public LoopServerLimits Limits { get; } = new();

    /// <summary>How often a session or an address may do what costs something.</summary>
    public LoopServerRateLimits RateLimits { get; } = new();
}
