using System.Security.Cryptography;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>How an association is to be. Sizes are in bytes.</summary>
internal sealed record SctpSettings
{
    /// <summary>This end's port.</summary>
    public ushort LocalPort { get; init; } = 5000;

    /// <summary>The largest message taken from the peer. A larger one ends the association with <see cref="SctpEndReason.MessageTooLarge"/>.</summary>
    public int MaxMessageSize { get; init; } = 256 * 1024;

    /// <summary>How much may wait to be sent for the first time. A message is taken while less waits.</summary>
    public int SendBuffer { get; init; } = 1024 * 1024;

    /// <summary>How much the peer may send before it has been read: the receive window.</summary>
    public int ReceiveBuffer { get; init; } = 2 * 1024 * 1024;

    /// <summary>
    /// The size of a packet that every path is taken to carry: with DTLS, UDP and IPv6 around it, 1 184 make 1 269, less than the 1 280 that IPv6 promises.
    /// </summary>
    public int InitialPacketSize { get; init; } = 1184;

    /// <summary>The largest packet that is tried: a DTLS record holds up to 16 384. Equal to <see cref="InitialPacketSize"/>, nothing larger is tried.</summary>
    public int MaxPacketSize { get; init; } = 16_000;

    /// <summary>How many streams the peer may use at the same time.</summary>
    public int MaxStreams { get; init; } = 8192;

    /// <summary>Whether packets without a checksum may be agreed on (RFC 9653): whatever carries them must detect errors, as DTLS does.</summary>
    public bool ZeroChecksum { get; init; } = true;

    /// <summary>Whether interleaved messages may be agreed on (RFC 8260).</summary>
    public bool Interleaving { get; init; } = true;

    /// <summary>How often in a row something may be sent without an answer before the association ends.</summary>
    public int MaxRetransmissions { get; init; } = 10;

    /// <summary>After how much silence, in microseconds, the peer is asked for a sign of life.</summary>
    public long HeartbeatInterval { get; init; } = 30_000_000;

    /// <summary>Where tags, sequence numbers and keys come from.</summary>
    public RandomSource Random { get; init; } = RandomNumberGenerator.Fill;
}
