using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Dtls;
using Loop.Sdk.WebRtc.Sdp;

namespace Loop.Sdk.WebRtc.Tests.Sdp;

[TestClass]
public sealed class SdpRoundTripTests
{
    private const string IceCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    [TestMethod]
    public void Description_is_the_same_when_it_was_written_and_read() =>
        Prop.ForAll(DescriptionOf().ToArbitrary(), static description =>
        {
            var text = SdpWriter.Write(description);
            var read = SdpParser.Parse(text);
            return SdpWriter.Write(read) == text && read.Media.Count == description.Media.Count && read.DataIndex == description.DataIndex;
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Parser_reads_or_refuses_when_a_description_is_changed()
    {
        byte[][] sound =
        [
            .. new[] { Descriptions.ChromiumOffer, Descriptions.ChromiumMediaOffer, Descriptions.FirefoxOffer, Descriptions.LibDataChannelOffer }.Select(Encoding.Latin1.GetBytes),
        ];
        FuzzRun.Run(200_000, random =>
        {
            var text = Encoding.Latin1.GetString(Mutator.Mutate(random.Pick<byte[]>(sound), random));
            var read = SdpParser.Parse(text);
            _ = read.DataTransport;
            var written = SdpWriter.Write(read);
            Assert.AreEqual(written, SdpWriter.Write(SdpParser.Parse(written)), "What was read can be written, and reads the same.");
        });
    }

    private static Gen<SdpDescription> DescriptionOf() =>
        from id in Gen.Choose(0, int.MaxValue)
        from version in Gen.Choose(0, 100)
        from lite in Gen.Elements(true, false)
        from count in Gen.Choose(0, 4)
        from media in Gen.ArrayOf(MediaOf(), count)
        let named = media.Select(static (section, index) => section with { Mid = index % 3 == 2 ? null : $"m{index}" }).ToList()
        select new SdpDescription
        {
            SessionId = (ulong)id,
            Version = (ulong)version,
            IsIceLite = lite,
            Bundle = [.. named.Where(static section => section is { Mid: not null, IsRejected: false }).Select(static section => section.Mid!)],
            Media = named,
        };

    private static Gen<SdpMedia> MediaOf() =>
        from isData in Gen.Elements(true, true, false)
        from port in Gen.Elements(0, 9, 9, 65535)
        from sctp in Gen.Choose(1, 65535)
        from size in Gen.Elements(0L, 1, 65536, 262144, long.MaxValue)
        from candidates in Gen.Choose(0, 3)
        from all in Gen.Elements(true, false)
        from bundleOnly in Gen.Elements(true, false)
        from transport in TransportOf().OrNull()
        select isData && (port != 0 || bundleOnly)
            ? new SdpMedia
            {
                Port = port,
                SctpPort = sctp,
                MaxMessageSize = size,
                HasAllCandidates = all,
                IsBundleOnly = bundleOnly,
                Transport = transport,
                Candidates = [.. Enumerable.Range(1, candidates).Select(static index => $"candidate:{index} 1 udp {index} 192.0.2.{index} 9 typ host")],
            }
            : new SdpMedia { Kind = isData ? "application" : "video", Protocol = isData ? SdpMedia.DataProtocol : "UDP/TLS/RTP/SAVPF", Formats = isData ? SdpMedia.DataFormat : "96 97" }.Reject();

    private static Gen<SdpTransport?> TransportOf() =>
        from fragment in Gen.ArrayOf(Gen.Elements(IceCharacters.ToCharArray()), 4)
        from password in Gen.ArrayOf(Gen.Elements(IceCharacters.ToCharArray()), 24)
        from setup in Gen.Elements(SdpSetup.ActPass, SdpSetup.Active, SdpSetup.Passive)
        from trickles in Gen.Elements(true, false)
        from seed in Gen.ArrayOf(Gen.Choose(0, 255), 5)
        let certificate = seed.Select(static value => (byte)value).ToArray()
        select (SdpTransport?)new SdpTransport
        {
            UsernameFragment = new string(fragment),
            Password = new string(password),
            Setup = setup,
            IsTrickling = trickles,
            Fingerprints = [DtlsFingerprint.Of(certificate), new DtlsFingerprint(HashAlgorithmName.SHA384, SHA384.HashData(certificate))],
        };
}
