using System.Security.Cryptography;
using Loop.Sdk.WebRtc.Dtls;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Sdp;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>
/// The exchange of descriptions (RFC 9429) for one data-channel section: offers, answers, rollback and ICE restarts, without any effect of its own. Not safe for concurrent use. A call that
/// throws has changed nothing.
/// </summary>
internal sealed class Negotiation
{
    private const string DataMid = "0";

    private readonly DtlsFingerprint _fingerprint;
    private readonly int _maxMessageSize;
    private readonly ulong _sessionId = (ulong)BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) >> 2;
    private IceCredentials _credentials;
    private SdpDescription? _currentLocal;
    private SdpDescription? _pendingLocal;
    private SdpDescription? _currentRemote;
    private SdpDescription? _pendingRemote;
    private SdpType _currentLocalType;
    private SdpType _currentRemoteType;
    private IceCredentials? _offered;
    private ulong _version;
    private bool _isRestartWanted;

    public Negotiation(IceCredentials credentials, DtlsFingerprint fingerprint, int maxMessageSize)
    {
        _credentials = credentials;
        _fingerprint = fingerprint;
        _maxMessageSize = maxMessageSize;
    }

    public SignalingState State { get; private set; }

    /// <summary>What both ends have agreed on; null before the first answer.</summary>
    public Agreement? Agreed { get; private set; }

    /// <summary>Whether the pending or else the current description of this end asks for a new ICE session.</summary>
    public bool IsOfferedRestart => _offered is not null && Agreed is not null;

    /// <summary>This end's ICE credentials in the pending, else the current description.</summary>
    public IceCredentials Credentials => _offered ?? _credentials;

    public (SdpType Type, SdpDescription Description)? Local =>
        _pendingLocal is not null ? (SdpType.Offer, _pendingLocal) : _currentLocal is not null ? (_currentLocalType, _currentLocal) : null;

    public (SdpType Type, SdpDescription Description)? Remote =>
        _pendingRemote is not null ? (SdpType.Offer, _pendingRemote) : _currentRemote is not null ? (_currentRemoteType, _currentRemote) : null;

    /// <summary>The name of the section for data channels, or null if it has none.</summary>
    public string? Mid => (Local ?? Remote) is { Description: var description } ? description.Media[description.DataIndex].Mid : DataMid;

    /// <summary>Its place among the sections.</summary>
    public int MediaIndex => (Local ?? Remote)?.Description.DataIndex ?? 0;

    /// <summary>Whether there is something to offer.</summary>
    public bool IsNeeded(bool hasChannels) => State == SignalingState.Stable && (_isRestartWanted || (hasChannels && Agreed is null));

    public void WantRestart() => _isRestartWanted = Agreed is not null || _isRestartWanted;

    public void Close() => State = SignalingState.Closed;

    /// <summary>Makes and sets this end's description.</summary>
    /// <param name="random">New credentials, where they are needed.</param>
    /// <returns>Whether it is an answer, which makes an <see cref="Agreed"/>.</returns>
    public bool SetLocal(Func<IceCredentials> random)
    {
        if (State == SignalingState.HaveRemoteOffer)
        {
            Answer(random);
            return true;
        }

        // A pending offer is replaced by one that is the same but for what has changed since.
        if (Agreed is not null && _isRestartWanted && _offered is null)
        {
            _offered = random();
        }

        _isRestartWanted = false;
        _pendingLocal = Describe(Sections(), SdpSetup.ActPass);
        State = SignalingState.HaveLocalOffer;
        return false;
    }

    /// <summary>Takes this end's pending offer back.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RollBackLocal()
    {
        if (State != SignalingState.HaveLocalOffer)
        {
            return false;
        }

        _isRestartWanted |= IsOfferedRestart;
        _pendingLocal = null;
        _offered = null;
        State = SignalingState.Stable;
        return true;
    }

    /// <summary>Takes the peer's description.</summary>
    /// <returns>Whether it is an answer, which makes an <see cref="Agreed"/>.</returns>
    /// <exception cref="LoopException"><c>invalid_description</c>, <c>invalid_state</c>.</exception>
    public bool SetRemote(SdpType type, string sdp)
    {
        if (type == SdpType.Answer && State != SignalingState.HaveLocalOffer)
        {
            throw new LoopException(ErrorCodes.InvalidState, "There is no offer to which this could be the answer.");
        }

        var description = SdpParser.Parse(sdp);
        if (description.DataIndex < 0 || description.DataTransport is not { } transport)
        {
            throw SdpParser.Invalid("It has no section for data channels, or its ICE credentials or fingerprints are missing.");
        }

        if (IceCredentials.TryCreate(transport.UsernameFragment, transport.Password) is null)
        {
            throw SdpParser.Invalid("Its ICE credentials are malformed.");
        }

        if (Agreed is { } agreed && !agreed.Remote.Fingerprints.Intersect(transport.Fingerprints, FingerprintComparer.Instance).Any())
        {
            throw SdpParser.Invalid("It is of another peer: its fingerprint has changed.");
        }

        if (type == SdpType.Offer)
        {
            // Implicit rollback comes last, since nothing may change if the offer is refused.
            RollBackLocal();
            _pendingRemote = description;
            State = SignalingState.HaveRemoteOffer;
            return false;
        }

        if (description.DataIndex != _pendingLocal!.DataIndex || description.Media.Count != _pendingLocal.Media.Count)
        {
            throw SdpParser.Invalid("Its sections are not those of the offer.");
        }

        // An answer without a role means active (RFC 8842, section 5.3).
        var isDtlsClient = Agreed?.IsDtlsClient ?? transport.Setup == SdpSetup.Passive;
        Agree(description, transport, isDtlsClient, isOfferer: true);
        (_currentLocal, _currentLocalType, _currentRemote, _currentRemoteType) = (_pendingLocal, SdpType.Offer, description, SdpType.Answer);
        Settle();
        return true;
    }

    private void Answer(Func<IceCredentials> random)
    {
        var offer = _pendingRemote!;
        var transport = offer.DataTransport!;
        var isRestart = Agreed is { } agreed && (agreed.Remote.UsernameFragment != transport.UsernameFragment || agreed.Remote.Password != transport.Password);
        if (isRestart)
        {
            _offered = random();
            _isRestartWanted = false;
        }

        var isDtlsClient = Agreed?.IsDtlsClient ?? transport.Setup != SdpSetup.Active;
        var sections = offer.Media.Select((media, index) => index == offer.DataIndex ? media : media.Reject()).ToList();
        var isBundled = offer.Media[offer.DataIndex].Mid is { } mid && offer.Bundle.Contains(mid);
        var answer = Describe(sections, isDtlsClient ? SdpSetup.Active : SdpSetup.Passive, isBundled);
        Agree(offer, transport, isDtlsClient, isOfferer: false);
        (_currentLocal, _currentLocalType, _currentRemote, _currentRemoteType) = (answer, SdpType.Answer, offer, SdpType.Offer);
        Settle();
    }

    private void Agree(SdpDescription remote, SdpTransport transport, bool isDtlsClient, bool isOfferer)
    {
        var data = remote.Media[remote.DataIndex];
        Agreed = new Agreement
        {
            Local = Credentials,
            Remote = transport,
            RemoteCredentials = IceCredentials.TryCreate(transport.UsernameFragment, transport.Password)!,
            Candidates = data.Candidates,
            HasAllCandidates = data.HasAllCandidates,
            IsDtlsClient = isDtlsClient,
            IsOfferer = isOfferer,
            IsRemoteLite = remote.IsIceLite,
            RemotePort = (ushort)data.SctpPort,
            MaxMessageSize = data.MaxMessageSize == 0 ? long.MaxValue : data.MaxMessageSize,
        };
    }

    private void Settle()
    {
        _credentials = Credentials;
        _offered = null;
        _pendingLocal = _pendingRemote = null;
        State = SignalingState.Stable;
    }

    // Sections keep their places for as long as the connection lives (RFC 9429, section 5.2.2).
    private List<SdpMedia> Sections() => _currentLocal is null ? [new SdpMedia { Mid = DataMid }] : [.. _currentLocal.Media];

    private SdpDescription Describe(List<SdpMedia> sections, SdpSetup setup, bool isBundled = true)
    {
        var index = sections.FindIndex(static media => media is { IsDataChannel: true, IsRejected: false });
        var data = sections[index];
        sections[index] = new SdpMedia
        {
            Protocol = data.Protocol,
            Mid = data.Mid,
            MaxMessageSize = _maxMessageSize,
            Transport = new SdpTransport
            {
                UsernameFragment = Credentials.UsernameFragment,
                Password = Credentials.Password,
                Fingerprints = [_fingerprint],
                Setup = setup,
                IsTrickling = true,
            },
        };
        return new SdpDescription
        {
            SessionId = _sessionId,
            Version = ++_version,
            Bundle = isBundled && data.Mid is { } mid ? [mid] : [],
            Media = sections,
        };
    }
}
