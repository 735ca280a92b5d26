using System.Net.Security;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.WebRtc;

/// <summary>How an engine is to be.</summary>
public sealed record PeerConnectionFactoryOptions
{
    /// <summary>The clock of timers. DTLS retransmissions run on OpenSSL's own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the engine logs to, or null for nowhere. Addresses are logged at the level <c>Debug</c> only; credentials never.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>The lowest local UDP port, 1 to 65 535; 0, with <see cref="LastPort"/>, for any that is free.</summary>
    public int FirstPort { get; init; }

    /// <summary>The highest local UDP port, 1 to 65 535, not below <see cref="FirstPort"/>; 0, with <see cref="FirstPort"/>, for any that is free.</summary>
    public int LastPort { get; init; }

    /// <summary>For how long a certificate is valid: 1 day to 365 days. Connections share it until half of that has passed. 30 days by default.</summary>
    public TimeSpan CertificateLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>What is asked for as the buffers of each UDP socket, in bytes: 64 KiB to 64 MiB; systems give less. 4 MiB by default.</summary>
    public int SocketBuffer { get; init; } = 4 * 1024 * 1024;

    /// <summary>Whether names ending in <c>.local</c>, under which browsers hide their addresses, are asked for in the local network. True by default.</summary>
    public bool ResolveLocalNames { get; init; } = true;

    /// <summary>
    /// Says whether the certificate of a TURN server over TLS (<c>turns:</c>) is trusted, in place of the system, which does so when it is null: for servers with a certificate of an authority of one's
    /// own. One that is not trusted gives no relay, and is told no credentials.
    /// </summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidation { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(FirstPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LastPort, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(LastPort, FirstPort);
        if (FirstPort == 0)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(LastPort, 0);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(CertificateLifetime, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CertificateLifetime, TimeSpan.FromDays(365));
        ArgumentOutOfRangeException.ThrowIfLessThan(SocketBuffer, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SocketBuffer, 64 * 1024 * 1024);
    }
}
