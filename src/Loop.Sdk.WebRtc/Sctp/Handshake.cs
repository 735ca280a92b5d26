using System.Buffers.Binary;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>The setting up of an association (RFC 9260, section 5): tags, cookies, both ends at once, and restarts.</summary>
internal sealed class Handshake
{
    private const int KeySize = 32;
    private const int MaxCookie = 1000;
    private const long CookieLife = 60_000_000;
    private const ushort AllStreams = ushort.MaxValue;

    private readonly SctpSettings _settings;
    private readonly byte[] _key = new byte[KeySize];
    private readonly byte[] _cookie = new byte[MaxCookie];
    private int _cookieLength;

    public Handshake(SctpSettings settings)
    {
        _settings = settings;
        settings.Random(_key);
        LocalTag = NewTag();
        LocalTsn = NewTag();
        Offered = SctpFeatures.PartialReliability | SctpFeatures.StreamReset
            | (settings.Interleaving ? SctpFeatures.Interleaving : 0) | (settings.ZeroChecksum ? SctpFeatures.ZeroChecksum : 0);
    }

    public uint LocalTag { get; private set; }

    public uint PeerTag { get; private set; }

    /// <summary>The first TSN of this end.</summary>
    public uint LocalTsn { get; private set; }

    /// <summary>The first TSN of the peer.</summary>
    public uint PeerTsn { get; private set; }

    public uint PeerWindow { get; private set; }

    /// <summary>How many streams the peer takes.</summary>
    public ushort PeerStreams { get; private set; }

    /// <summary>What both ends can do.</summary>
    public SctpFeatures Agreed { get; private set; }

    private SctpFeatures Offered { get; }

    public void WriteInit(ref PacketWriter packet) => InitChunk.Write(ref packet, ChunkType.Init, Describe(LocalTag, LocalTsn));

    public void WriteCookieEcho(ref PacketWriter packet) => _cookie.AsSpan(0, _cookieLength).CopyTo(packet.Add(ChunkType.CookieEcho, 0, _cookieLength));

    /// <summary>Answers an INIT without remembering it.</summary>
    /// <param name="packet">An empty packet with the peer's tag.</param>
    /// <param name="init">What the peer sent.</param>
    /// <param name="state">The state of this end.</param>
    /// <param name="now">The time.</param>
    public void Answer(ref PacketWriter packet, in InitChunk init, SctpState state, long now)
    {
        // Before it is connected, this end says the same as in its own INIT; afterwards it may be a restart, and only the tie tags tell what it belongs to.
        var isNew = state is SctpState.Closed or SctpState.CookieWait or SctpState.CookieEchoed;
        var cookie = new StateCookie(
            isNew ? LocalTag : NewTag(),
            init.Tag,
            isNew ? 0 : LocalTag,
            isNew ? 0 : PeerTag,
            isNew ? LocalTsn : NewTag(),
            init.InitialTsn,
            init.Window,
            init.InboundStreams,
            init.Features,
            now);
        Span<byte> written = stackalloc byte[StateCookie.Size];
        cookie.Write(written, _key);
        var initAck = new InitChunk
        {
            Tag = cookie.LocalTag,
            Window = (uint)_settings.ReceiveBuffer,
            OutboundStreams = AllStreams,
            InboundStreams = AllStreams,
            InitialTsn = cookie.LocalTsn,
            Features = Offered,
            Cookie = written,
            Unrecognized = init.Unrecognized,
        };
        InitChunk.Write(ref packet, ChunkType.InitAck, initAck);
    }

    /// <summary>Takes an INIT ACK; false if its cookie cannot be kept.</summary>
    public bool Take(in InitChunk initAck)
    {
        if (initAck.Cookie.IsEmpty || initAck.Cookie.Length > MaxCookie)
        {
            return false;
        }

        initAck.Cookie.CopyTo(_cookie);
        _cookieLength = initAck.Cookie.Length;
        Take(initAck.Tag, initAck.InitialTsn, initAck.Window, initAck.InboundStreams, initAck.Features);
        return true;
    }

    /// <summary>Forgets the peer's answer: an INIT is sent to nobody that is known (RFC 9260, section 8.5.1).</summary>
    public void Forget() => PeerTag = 0;

    /// <summary>Judges a cookie that came back.</summary>
    public CookieVerdict Judge(ReadOnlySpan<byte> value, uint tag, SctpState state, long now, out StateCookie cookie)
    {
        if (!StateCookie.TryRead(value, _key, out cookie) || tag != cookie.LocalTag)
        {
            return CookieVerdict.Discard;
        }

        var isOurs = cookie.LocalTag == LocalTag;
        var isTheirs = cookie.PeerTag == PeerTag;
        if (isOurs && isTheirs && state is not (SctpState.Closed or SctpState.CookieWait or SctpState.CookieEchoed))
        {
            // The answer to it was lost.
            return CookieVerdict.Repeated;
        }

        if (now - cookie.MadeAt > CookieLife)
        {
            return CookieVerdict.Stale;
        }

        if (isOurs && state is SctpState.Closed or SctpState.CookieWait or SctpState.CookieEchoed)
        {
            return CookieVerdict.New;
        }

        return !isOurs && !isTheirs && cookie.LocalTie == LocalTag && cookie.PeerTie == PeerTag && PeerTag != 0 ? CookieVerdict.Restart : CookieVerdict.Discard;
    }

    /// <summary>Takes what a cookie says.</summary>
    public void Take(in StateCookie cookie)
    {
        LocalTag = cookie.LocalTag;
        LocalTsn = cookie.LocalTsn;
        Take(cookie.PeerTag, cookie.PeerTsn, cookie.PeerWindow, cookie.PeerInboundStreams, cookie.PeerFeatures);
    }

    private void Take(uint tag, uint tsn, uint window, ushort streams, SctpFeatures features)
    {
        PeerTag = tag;
        PeerTsn = tsn;
        PeerWindow = window;
        PeerStreams = streams;
        Agreed = features & Offered;
    }

    private InitChunk Describe(uint tag, uint tsn) => new()
    {
        Tag = tag,
        Window = (uint)_settings.ReceiveBuffer,
        OutboundStreams = AllStreams,
        InboundStreams = AllStreams,
        InitialTsn = tsn,
        Features = Offered,
    };

    private uint NewTag()
    {
        Span<byte> tag = stackalloc byte[sizeof(uint)];
        do
        {
            _settings.Random(tag);
        }
        while (BinaryPrimitives.ReadUInt32BigEndian(tag) == 0);

        return BinaryPrimitives.ReadUInt32BigEndian(tag);
    }
}
