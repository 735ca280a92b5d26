using Loop.Sdk.WebRtc.Sdp;

namespace Loop.Sdk.WebRtc.Tests.Sdp;

[TestClass]
public sealed class SdpParserTests
{
    [TestMethod]
    public void Offer_of_chromium_is_understood()
    {
        var offer = SdpParser.Parse(Descriptions.ChromiumOffer);

        var data = offer.Media[offer.DataIndex];
        Assert.AreEqual(4962303333179871722UL, offer.SessionId);
        CollectionAssert.AreEqual(new[] { "0" }, offer.Bundle.ToArray());
        Assert.AreEqual("0", data.Mid);
        Assert.AreEqual(5000, data.SctpPort);
        Assert.AreEqual(262144, data.MaxMessageSize);
        Assert.HasCount(2, data.Candidates);
        Assert.StartsWith("candidate:2063029134 1 udp", data.Candidates[0]);
        Assert.IsFalse(data.HasAllCandidates);
        var transport = offer.DataTransport!;
        Assert.AreEqual("Ep8k", transport.UsernameFragment);
        Assert.AreEqual("5Yo/Xj2Qk3rTt0b8eLk5mN4p", transport.Password);
        Assert.AreEqual(SdpSetup.ActPass, transport.Setup);
        Assert.IsTrue(transport.IsTrickling);
        Assert.HasCount(1, transport.Fingerprints);
    }

    [TestMethod]
    public void Offer_with_media_has_its_data_on_the_transport_of_its_group()
    {
        var offer = SdpParser.Parse(Descriptions.ChromiumMediaOffer);

        Assert.AreEqual(2, offer.DataIndex);
        Assert.IsFalse(offer.Media[2].IsRejected, "Its port is 0 because it goes with the others.");
        Assert.IsNull(offer.Media[2].Transport);
        Assert.AreEqual("Ep8k", offer.DataTransport!.UsernameFragment);
        var refused = SdpWriter.Write(offer with { Bundle = ["2"], Media = [offer.Media[0].Reject(), offer.Media[1].Reject(), offer.Media[2]] });
        Assert.Contains("m=audio 0 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=inactive\r\n", refused);
    }

    [TestMethod]
    public void Offer_of_firefox_takes_from_the_session_what_the_section_lacks()
    {
        var offer = SdpParser.Parse(Descriptions.FirefoxOffer);

        var transport = offer.DataTransport!;
        Assert.AreEqual("8c1d7f3a", transport.UsernameFragment);
        Assert.HasCount(1, transport.Fingerprints);
        Assert.IsTrue(transport.IsTrickling);
        Assert.IsTrue(offer.Media[0].HasAllCandidates);
        Assert.AreEqual(1073741823, offer.Media[0].MaxMessageSize);
        Assert.AreEqual(SdpSetup.Active, SdpParser.Parse(Descriptions.FirefoxAnswer).DataTransport!.Setup);
    }

    [TestMethod]
    public void Offer_of_libdatachannel_is_understood()
    {
        var offer = SdpParser.Parse(Descriptions.LibDataChannelOffer);

        Assert.AreEqual("z2Bq", offer.DataTransport!.UsernameFragment);
        Assert.AreEqual("a1b2c3d4e5f6g7h8i9j0k1", offer.DataTransport.Password);
        CollectionAssert.AreEqual(new[] { "0" }, offer.Bundle.ToArray());
    }

    [TestMethod]
    public void Description_is_read_when_its_lines_end_with_line_feeds_only()
    {
        var offer = SdpParser.Parse(Descriptions.ChromiumOffer.Replace("\r\n", "\n", StringComparison.Ordinal));

        Assert.AreEqual("Ep8k", offer.DataTransport!.UsernameFragment);
    }

    [TestMethod]
    public void Values_that_are_absent_are_those_of_the_rfc()
    {
        var media = SdpParser.Parse("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n").Media[0];

        Assert.AreEqual(65536, media.MaxMessageSize);
        Assert.AreEqual(5000, media.SctpPort);
        Assert.IsNull(media.Mid);
        Assert.IsNull(media.Transport);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("hello")]
    [DataRow("v=1\r\n")]
    [DataRow("o=- 1 1 IN IP4 0.0.0.0\r\nv=0\r\n")]
    [DataRow("v=0\r\nnonsense\r\n")]
    [DataRow("v=0\r\no=- one 1 IN IP4 0.0.0.0\r\n")]
    [DataRow("v=0\r\no=- 1\r\n")]
    [DataRow("v=0\r\nm=application\r\n")]
    [DataRow("v=0\r\nm=application 70000 UDP/DTLS/SCTP webrtc-datachannel\r\n")]
    [DataRow("v=0\r\nm=application -1 UDP/DTLS/SCTP webrtc-datachannel\r\n")]
    [DataRow("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=sctp-port:0\r\n")]
    [DataRow("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=sctp-port:65536\r\n")]
    [DataRow("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=max-message-size:99999999999999999999\r\n")]
    [DataRow("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=ice-ufrag:abc\r\n")]
    [DataRow("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=ice-ufrag:ab\u00E9d\r\n")]
    [DataRow("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=ice-pwd:tooshort\r\n")]
    [DataRow("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=setup:holdconn\r\n")]
    [DataRow("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:\r\n")]
    public void Description_is_refused_when_it_is_malformed(string text)
    {
        var error = Assert.ThrowsExactly<LoopException>(() => SdpParser.Parse(text));

        Assert.AreEqual(ErrorCodes.InvalidDescription, error.Code);
    }

    [TestMethod]
    [DataRow("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n", 65)]
    [DataRow("a=fingerprint:sha-256 3A:4B:00:12:9F:CD:EE:01:77:31:90:AB:CD:EF:01:23:45:67:89:AB:CD:EF:10:32:54:76:98:BA:DC:FE:0F:1E\r\n", 17)]
    [DataRow("a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", 257)]
    [DataRow("a=x:0123456789012345678901234567890123456789012345678901234567890123456789\r\n", 1000)]
    public void Description_is_refused_when_it_has_too_much_of_something(string line, int count)
    {
        var start = "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";

        Assert.IsNotEmpty(SdpParser.Parse(start + line).Media);
        Assert.AreEqual(ErrorCodes.InvalidDescription, Assert.ThrowsExactly<LoopException>(() => SdpParser.Parse(start + string.Concat(Enumerable.Repeat(line, count)))).Code);
    }
}
