using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Sdp;

/// <summary>Collects the attributes of a media section, or of the session, whose values stand for those that a section lacks.</summary>
internal sealed class SdpSectionReader
{
    private const int MaxCandidates = 256;
    private const int MaxFingerprints = 16;
    private const int LeastFragment = 4;
    private const int LeastPassword = 22;
    private const int LongestCredential = 256;
    private const int HighestPort = 65_535;

    private readonly SdpSectionReader? _session;
    private readonly List<string> _candidates = [];
    private readonly List<DtlsFingerprint> _fingerprints = [];
    private SdpMedia _media = new();
    private string? _fragment;
    private string? _password;
    private SdpSetup? _setup;
    private bool _isTrickling;

    /// <summary>Makes the reader of the session's attributes.</summary>
    public SdpSectionReader(SdpSectionReader? session) => _session = session;

    /// <summary>Makes the reader of a section that begins with <c>m=</c>.</summary>
    public SdpSectionReader(SdpSectionReader session, ReadOnlySpan<char> line)
        : this(session)
    {
        Span<Range> parts = stackalloc Range[4];
        if (line.Split(parts, ' ') != 4)
        {
            throw SdpParser.Invalid("A media section is malformed.");
        }

        var port = line[parts[1]];
        var formats = line[parts[3]];
        if (formats.ContainsAnyExceptInRange(' ', '~'))
        {
            throw SdpParser.Invalid("A media section is malformed.");
        }

        _media = new SdpMedia
        {
            Kind = SdpParser.ReadToken(line[parts[0]]),
            // The number of ports may follow a slash.
            Port = (int)SdpParser.ReadNumber(port.IndexOf('/') is >= 0 and var slash ? port[..slash] : port, HighestPort),
            Protocol = SdpParser.ReadToken(line[parts[2]]),
            Formats = formats.Trim(' ').ToString(),
        };
    }

    /// <summary>Takes an attribute: <c>name</c> or <c>name:value</c>.</summary>
    public void Read(ReadOnlySpan<char> attribute)
    {
        var colon = attribute.IndexOf(':');
        var name = colon < 0 ? attribute : attribute[..colon];
        var value = colon < 0 ? [] : attribute[(colon + 1)..].Trim(' ');
        switch (name)
        {
            case "candidate":
                AddCandidate(attribute);
                break;
            case "end-of-candidates":
                _media = _media with { HasAllCandidates = true };
                break;
            case "ice-ufrag":
                _fragment = ReadCredential(value, LeastFragment);
                break;
            case "ice-pwd":
                _password = ReadCredential(value, LeastPassword);
                break;
            case "ice-options":
                _isTrickling |= value.Contains("trickle", StringComparison.Ordinal);
                break;
            case "fingerprint":
                AddFingerprint(value);
                break;
            case "setup":
                _setup = ReadSetup(value);
                break;
            case "mid":
                _media = _media with { Mid = SdpParser.ReadToken(value) };
                break;
            case "sctp-port":
                _media = _media with { SctpPort = SdpParser.ReadNumber(value, HighestPort) is > 0 and var port ? (int)port : throw SdpParser.Invalid("Its SCTP port is 0.") };
                break;
            case "max-message-size":
                _media = _media with { MaxMessageSize = SdpParser.ReadNumber(value, long.MaxValue) };
                break;
            case "bundle-only":
                _media = _media with { IsBundleOnly = true };
                break;
        }
    }

    public SdpMedia ToMedia() => _media with { Candidates = _candidates, Transport = ToTransport() };

    private SdpTransport? ToTransport()
    {
        var fingerprints = _fingerprints.Count > 0 ? _fingerprints : _session?._fingerprints ?? [];
        return (_fragment ?? _session?._fragment) is { } fragment && (_password ?? _session?._password) is { } password && fingerprints.Count > 0
            ? new SdpTransport
            {
                UsernameFragment = fragment,
                Password = password,
                Fingerprints = fingerprints,
                // Its absence means the same (RFC 8842, section 5.3, and RFC 4145, section 4.1, which differ).
                Setup = _setup ?? _session?._setup ?? SdpSetup.ActPass,
                IsTrickling = _isTrickling || _session is { _isTrickling: true },
            }
            : null;
    }

    private void AddCandidate(ReadOnlySpan<char> attribute)
    {
        if (_candidates.Count == MaxCandidates || attribute.ContainsAnyExceptInRange(' ', '~'))
        {
            throw SdpParser.Invalid("It has too many candidates, or a malformed one.");
        }

        _candidates.Add(attribute.ToString());
    }

    private void AddFingerprint(ReadOnlySpan<char> value)
    {
        // Hashes that are not accepted are passed over: another may be.
        if (DtlsFingerprint.TryParse(value, out var fingerprint))
        {
            _fingerprints.Add(_fingerprints.Count < MaxFingerprints ? fingerprint! : throw SdpParser.Invalid("It has too many fingerprints."));
        }
    }

    private static string ReadCredential(ReadOnlySpan<char> value, int least)
    {
        if (value.Length < least || value.Length > LongestCredential)
        {
            throw SdpParser.Invalid("Its ICE credentials are too short or too long.");
        }

        foreach (var character in value)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '/'))
            {
                throw SdpParser.Invalid("Its ICE credentials are malformed.");
            }
        }

        return value.ToString();
    }

    private static SdpSetup ReadSetup(ReadOnlySpan<char> value) => value switch
    {
        "actpass" => SdpSetup.ActPass,
        "active" => SdpSetup.Active,
        "passive" => SdpSetup.Passive,
        _ => throw SdpParser.Invalid("Its DTLS role is not known."),
    };
}
