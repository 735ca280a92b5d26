using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.Push;

/// <summary>The example of draft-ietf-webpush-encryption-04, and what is built on it.</summary>
[TestClass]
public sealed class LegacyEncryptionTests
{
    private const string Encryption = "salt=lngarbyKfMoi9Z75xYXmkg";
    private const string CryptoKey = "dh=BNoRDbb84JGm8g5Z5CFxurSqsXWJ11ItfXEWYVLE85Y7CYkDjXsIEc4aqxYaQ1G8BqkXCJ6DPpDrWtdWj_mugHU";

    private static readonly byte[] Body = Vectors.Bytes("6nqAQUME8hNqw5J3kl8cpVVJylXKYqZOeseZG8UueKpA");

    [TestMethod]
    public void Message_of_the_draft_is_read()
    {
        using var keys = Receiver();
        Assert.AreEqual("I am the walrus", Read(keys, Body, Encryption, CryptoKey));
    }

    [TestMethod]
    public void Message_of_the_draft_is_written()
    {
        using var keys = Receiver();
        using var sender = Vectors.Private("nCScek-QpEjmOOlT-rQ38nZzvdPlqa00Zy0i6m2OJvY");
        var message = LegacyWebPushEncryption.Encrypt("I am the walrus"u8, keys.Recipient, 0, sender, Vectors.Bytes("lngarbyKfMoi9Z75xYXmkg"));
        CollectionAssert.AreEqual(Body, message.Body.ToArray());
        Assert.AreEqual((Encryption, CryptoKey), (message.Encryption, message.CryptoKey));
    }

    [TestMethod]
    public void Headers_are_read_however_senders_write_them()
    {
        using var keys = Receiver();
        Assert.AreEqual("I am the walrus", Read(keys, Body, "keyid=\"p256dh\";salt=\"lngarbyKfMoi9Z75xYXmkg==\"", $"keyid=\"a1\"; {CryptoKey.Replace("dh=", "dh=\"", StringComparison.Ordinal)}=\";p256ecdsa=\"AAAA\""));
        Assert.AreEqual("I am the walrus", Read(keys, Body, $"{Encryption}; rs=4096", $"p256ecdsa=BAAA,{CryptoKey}"));
    }

    [TestMethod]
    public void Content_of_every_size_and_padding_comes_back()
    {
        using var keys = WebPushKeys.Generate();
        var cases = from size in Gen.Choose(0, LegacyWebPushEncryption.MaxContent)
                    from padding in Gen.Choose(0, LegacyWebPushEncryption.MaxContent - size)
                    select (size, padding);
        Prop.ForAll(cases.ToArbitrary(), sizes =>
        {
            var content = RandomNumberGenerator.GetBytes(sizes.size);
            var message = LegacyWebPushEncryption.Encrypt(content, keys.Recipient, sizes.padding);
            CollectionAssert.AreEqual(content, LegacyWebPushEncryption.Decrypt(message.Body.Span, message.Encryption, message.CryptoKey, keys));
            return true;
        }).Check(Config.QuickThrowOnFailure);
    }

    [TestMethod]
    public void Every_flipped_bit_and_every_truncation_is_noticed()
    {
        using var keys = Receiver();
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            var body = (byte[])Body.Clone();
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.AreEqual(ErrorCodes.Undecryptable, Code(() => Read(keys, body, Encryption, CryptoKey)));
        }

        for (var length = 0; length < Body.Length; length++)
        {
            var code = Code(() => Read(keys, Body[..length], Encryption, CryptoKey));
            Assert.AreEqual(length < 18 ? ErrorCodes.InvalidEnvelope : ErrorCodes.Undecryptable, code);
        }
    }

    [TestMethod]
    [DataRow(null, CryptoKey)]
    [DataRow("", CryptoKey)]
    [DataRow("salt=", CryptoKey)]
    [DataRow("salt=AAAA", CryptoKey)]
    [DataRow("salt=lngarbyKfMoi9Z75xYXmkgAA", CryptoKey)]
    [DataRow("salt=lngarbyKfMoi9Z75xYXm!g", CryptoKey)]
    [DataRow(Encryption, null)]
    [DataRow(Encryption, "dh=!")]
    [DataRow(Encryption + ";rs=0", CryptoKey)]
    [DataRow(Encryption + ";rs=-1", CryptoKey)]
    [DataRow(Encryption + ";rs=17", CryptoKey)]
    [DataRow(Encryption + ";rs=99999999999999999999", CryptoKey)]
    public void Headers_that_do_not_fit_are_refused(string? encryption, string? cryptoKey)
    {
        using var keys = Receiver();
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Code(() => Read(keys, Body, encryption, cryptoKey)));
    }

    [TestMethod]
    public void Sender_keys_off_the_curve_are_refused()
    {
        using var keys = Receiver();
        foreach (var point in HostilePoints.All.Where(static point => point.Length is > 0 and <= PushPoint.Size))
        {
            Assert.AreEqual(ErrorCodes.InvalidKey, Code(() => Read(keys, Body, Encryption, $"dh={PushText.Encode(point)}")));
        }
    }

    private static WebPushKeys Receiver() => Vectors.Keys("9FWl15_QUQAWDaD3k3l50ZBZQJ4au27F1V4F0uLSD_M", "R29vIGdvbyBnJyBqb29iIQ");

    private static string Read(WebPushKeys keys, byte[] body, string? encryption, string? cryptoKey) =>
        Encoding.UTF8.GetString(LegacyWebPushEncryption.Decrypt(body, encryption, cryptoKey, keys));

    private static string Code(Action action) => Assert.ThrowsExactly<LoopException>(action).Code;
}
