using System.Security.Cryptography;
using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Tests.Dtls;

[TestClass]
public sealed class DtlsFingerprintTests
{
    [TestMethod]
    [DataRow("sha-256", 32)]
    [DataRow("sha-384", 48)]
    [DataRow("SHA-512", 64)]
    public void Fingerprint_is_read_and_written_when_its_hash_is_accepted(string name, int length)
    {
        var text = $"{name} {string.Join(':', Enumerable.Range(0x9A, length).Select(static value => ((byte)value).ToString("X2")))}";

        Assert.IsTrue(DtlsFingerprint.TryParse(text, out var fingerprint));
        Assert.AreEqual(length, fingerprint!.Hash.Length);
        Assert.AreEqual(text.ToUpperInvariant(), fingerprint.ToString().ToUpperInvariant());
        Assert.IsTrue(DtlsFingerprint.TryParse(text.ToLowerInvariant(), out _));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("sha-256")]
    [DataRow("sha-256 ")]
    [DataRow("sha-256 00")]
    [DataRow("sha-1 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33")]
    [DataRow("sha-256 00-11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF")]
    [DataRow("sha-256 0x:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF")]
    public void Fingerprint_is_refused_when_it_is_malformed(string text) => Assert.IsFalse(DtlsFingerprint.TryParse(text, out _));

    [TestMethod]
    public void Fingerprints_match_by_the_strongest_hash_only()
    {
        byte[] certificate = [1, 2, 3];
        var weak = new DtlsFingerprint(HashAlgorithmName.SHA256, SHA256.HashData(certificate));
        var strong = new DtlsFingerprint(HashAlgorithmName.SHA512, SHA512.HashData(certificate));
        var other = new DtlsFingerprint(HashAlgorithmName.SHA512, SHA512.HashData([4]));

        Assert.IsTrue(DtlsFingerprint.Match([weak], certificate));
        Assert.IsTrue(DtlsFingerprint.Match([other, strong], certificate));
        Assert.IsFalse(DtlsFingerprint.Match([weak, other], certificate));
    }
}
