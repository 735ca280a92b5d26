namespace Loop.Sdk.Server.WebRtc;

/// <summary>What peers may do. Checked when the host starts: a value out of range stops it with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</summary>
public sealed class WebRtcOptions
{
    /// <summary>The servers that help peers to find paths, at most 32. None by default: then only peers that reach each other directly connect, and the others are relayed.</summary>
    public IList<IceServerOptions> IceServers { get; } = [];

    /// <summary>How long credentials for TURN last. 1 minute to 24 hours; 1 hour by default.</summary>
    public TimeSpan CredentialLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Bytes of a signal's envelope. 1 KiB to 64 KiB; 64 KiB by default.</summary>
    public int MaxSignal { get; set; } = 64 * 1024;

    /// <summary>How many signals may wait for a participant. 16 to 10 000; 256 by default.</summary>
    public int MaxWaitingSignals { get; set; } = 256;

    /// <summary>How many bytes of signals may wait for a participant. 64 KiB to 64 MiB; 1 MiB by default.</summary>
    public int MaxWaitingBytes { get; set; } = 1024 * 1024;

    /// <summary>How often a session may signal; null for as often as it likes. 100 a second by default, 500 at once.</summary>
    public RateLimit? SignalRate { get; set; } = new(100, 500);

    /// <summary>How many relays a session may have at the same time. 0 relays nothing; at most 10 000; 64 by default. Two peers who are relayed use two.</summary>
    public int MaxRelaysPerSession { get; set; } = 64;

    /// <summary>How long one end of a relay waits for the other. 1 s to 5 minutes; 15 s by default.</summary>
    public TimeSpan RelayWait { get; set; } = TimeSpan.FromSeconds(15);
}
