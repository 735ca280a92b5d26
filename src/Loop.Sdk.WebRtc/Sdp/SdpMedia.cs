namespace Loop.Sdk.WebRtc.Sdp;

/// <summary>A media section, as much of it as data channels need.</summary>
internal sealed record SdpMedia
{
    public const string DataKind = "application";
    public const string DataProtocol = "UDP/DTLS/SCTP";
    public const string DataFormat = "webrtc-datachannel";
    public const int DefaultSctpPort = 5000;

    /// <summary>What is taken if the description says nothing (RFC 8841, section 6.1).</summary>
    public const long DefaultMaxMessageSize = 65_536;

    /// <summary>A port that is not meant: candidates say the real ones (RFC 8840, section 4.1.1).</summary>
    public const int DiscardPort = 9;

    public string Kind { get; init; } = DataKind;

    public int Port { get; init; } = DiscardPort;

    public string Protocol { get; init; } = DataProtocol;

    public string Formats { get; init; } = DataFormat;

    /// <summary>Its name, or null if it has none.</summary>
    public string? Mid { get; init; }

    /// <summary>How it is reached; null if that is not said, or not completely.</summary>
    public SdpTransport? Transport { get; init; }

    public int SctpPort { get; init; } = DefaultSctpPort;

    /// <summary>The largest message that the describing end takes, in bytes; 0 for any.</summary>
    public long MaxMessageSize { get; init; } = DefaultMaxMessageSize;

    /// <summary>The candidates as they stand, each beginning with <c>candidate:</c>.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    public bool HasAllCandidates { get; init; }

    /// <summary>Whether it goes only with others of its group, and so has port 0 without being refused.</summary>
    public bool IsBundleOnly { get; init; }

    public bool IsRejected => Port == 0 && !IsBundleOnly;

    public bool IsDataChannel => Kind == DataKind && Formats == DataFormat && Protocol is DataProtocol or "TCP/DTLS/SCTP";

    /// <summary>The same section, refused.</summary>
    public SdpMedia Reject() => new() { Kind = Kind, Port = 0, Protocol = Protocol, Formats = Formats, Mid = Mid };
}
