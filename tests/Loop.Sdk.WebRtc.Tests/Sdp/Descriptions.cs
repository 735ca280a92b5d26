namespace Loop.Sdk.WebRtc.Tests.Sdp;

/// <summary>Descriptions in the form of other implementations.</summary>
internal static class Descriptions
{
    private const string Hash = "3A:4B:00:12:9F:CD:EE:01:77:31:90:AB:CD:EF:01:23:45:67:89:AB:CD:EF:10:32:54:76:98:BA:DC:FE:0F:1E";

    /// <summary>Chromium: data alone.</summary>
    public static readonly string ChromiumOffer = Lines(
        "v=0", "o=- 4962303333179871722 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0", "a=extmap-allow-mixed", "a=msid-semantic: WMS",
        "m=application 54321 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 192.0.2.7",
        "a=candidate:2063029134 1 udp 2113937151 3f8b1d3e-6a08-4c2e-9d0e-1f2a3b4c5d6e.local 54321 typ host generation 0 network-cost 999",
        "a=candidate:842163049 1 udp 1677729535 192.0.2.7 54321 typ srflx raddr 0.0.0.0 rport 0 generation 0 network-cost 999",
        "a=ice-ufrag:Ep8k", "a=ice-pwd:5Yo/Xj2Qk3rTt0b8eLk5mN4p", "a=ice-options:trickle", $"a=fingerprint:sha-256 {Hash}", "a=setup:actpass", "a=mid:0", "a=sctp-port:5000",
        "a=max-message-size:262144");

    /// <summary>Chromium: sound, pictures and data over one transport.</summary>
    public static readonly string ChromiumMediaOffer = Lines(
        "v=0", "o=- 8446744073709551615 3 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1 2", "a=extmap-allow-mixed", "a=msid-semantic: WMS stream",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0", "a=ice-ufrag:Ep8k", "a=ice-pwd:5Yo/Xj2Qk3rTt0b8eLk5mN4p",
        "a=ice-options:trickle", $"a=fingerprint:sha-256 {Hash}", "a=setup:actpass", "a=mid:0", "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level", "a=sendrecv", "a=rtcp-mux",
        "a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1", "a=ssrc:1 cname:x",
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97", "c=IN IP4 0.0.0.0", "a=ice-ufrag:Ep8k", "a=ice-pwd:5Yo/Xj2Qk3rTt0b8eLk5mN4p", $"a=fingerprint:sha-256 {Hash}", "a=setup:actpass", "a=mid:1",
        "a=rtcp-mux", "a=rtpmap:96 VP8/90000",
        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0", "a=bundle-only", "a=mid:2", "a=sctp-port:5000", "a=max-message-size:262144");

    /// <summary>Firefox: the fingerprint and the options belong to the session.</summary>
    public static readonly string FirefoxOffer = Lines(
        "v=0", "o=mozilla...THIS_IS_SDPARTA-99.0 4838429171817372738 0 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=sendrecv", $"a=fingerprint:sha-256 {Hash}", "a=group:BUNDLE 0",
        "a=ice-options:trickle", "a=msid-semantic:WMS *", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0",
        "a=candidate:0 1 UDP 2122252543 5e1d0f0c-1f7c-4f0f-8d56-2f9b0a4c1d2e.local 40132 typ host",
        "a=candidate:1 1 TCP 2105524479 5e1d0f0c-1f7c-4f0f-8d56-2f9b0a4c1d2e.local 9 typ host tcptype active", "a=sendrecv", "a=end-of-candidates", "a=ice-pwd:0d3f2c1b0a99887766554433221100ff",
        "a=ice-ufrag:8c1d7f3a", "a=mid:0", "a=setup:actpass", "a=sctp-port:5000", "a=max-message-size:1073741823");

    public static readonly string FirefoxAnswer = FirefoxOffer.Replace("actpass", "active", StringComparison.Ordinal);

    /// <summary>libdatachannel.</summary>
    public static readonly string LibDataChannelOffer = Lines(
        "v=0", "o=rtc 1537244532 0 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0", "a=group:LS 0", "a=msid-semantic:WMS *", "a=ice-options:ice2,trickle",
        $"a=fingerprint:sha-256 {Hash}", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0", "a=mid:0", "a=sendrecv", "a=sctp-port:5000", "a=max-message-size:262144",
        "a=setup:actpass", "a=ice-ufrag:z2Bq", "a=ice-pwd:a1b2c3d4e5f6g7h8i9j0k1");

    private static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n";
}
