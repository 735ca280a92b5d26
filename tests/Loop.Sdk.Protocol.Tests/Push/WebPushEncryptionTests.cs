using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.Push;

[TestClass]
public sealed class WebPushEncryptionTests
{
    private const int KeyAt = RecordCoding.HeaderSize;
    private const int RecordAt = RecordCoding.HeaderSize + PushPoint.Size;

    [TestMethod]
    public void Message_of_the_standard_is_read()
    {
        using var keys = Vectors.Receiver();
        Assert.AreEqual("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", keys.Recipient.ToP256dh());
        Assert.AreEqual(Vectors.Plaintext, Encoding.ASCII.GetString(WebPushEncryption.Decrypt(Vectors.Body, keys)));
    }

    [TestMethod]
    public void Message_of_the_standard_is_written()
    {
        using var keys = Vectors.Receiver();
        using var sender = Vectors.Sender();
        CollectionAssert.AreEqual(Vectors.Body, WebPushEncryption.Encrypt(Encoding.ASCII.GetBytes(Vectors.Plaintext), keys.Recipient, 0, sender, Vectors.Salt));
    }

    [TestMethod]
    public void Content_of_every_size_and_padding_comes_back()
    {
        using var keys = WebPushKeys.Generate();
        var cases = from size in Gen.Choose(0, WebPushEncryption.MaxContent)
                    from padding in Gen.Choose(0, WebPushEncryption.MaxContent - size)
                    select (size, padding);
        Prop.ForAll(cases.ToArbitrary(), sizes =>
        {
            var content = RandomNumberGenerator.GetBytes(sizes.size);
            var body = WebPushEncryption.Encrypt(content, keys.Recipient, sizes.padding);
            Assert.HasCount(sizes.size + sizes.padding + WebPushEncryption.Overhead, body);
            CollectionAssert.AreEqual(content, WebPushEncryption.Decrypt(body, keys));
            return true;
        }).Check(Config.QuickThrowOnFailure);
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 0)]
    [DataRow(0, WebPushEncryption.MaxContent)]
    [DataRow(WebPushEncryption.MaxContent, 0)]
    public void Content_at_the_limits_comes_back(int size, int padding)
    {
        using var keys = WebPushKeys.Generate();
        var content = new byte[size];
        CollectionAssert.AreEqual(content, WebPushEncryption.Decrypt(WebPushEncryption.Encrypt(content, keys.Recipient, padding), keys));
    }

    [TestMethod]
    public void Content_over_the_limit_is_refused()
    {
        using var keys = WebPushKeys.Generate();
        Assert.AreEqual(ErrorCodes.ContentTooLarge, Code(() => WebPushEncryption.Encrypt(new byte[WebPushEncryption.MaxContent], keys.Recipient, 1)));
        Assert.AreEqual(ErrorCodes.ContentTooLarge, Code(() => WebPushEncryption.Encrypt([], keys.Recipient, int.MaxValue)));
    }

    [TestMethod]
    public void Every_flipped_bit_is_noticed()
    {
        using var keys = Vectors.Receiver();
        for (var bit = 0; bit < Vectors.Body.Length * 8; bit++)
        {
            var body = (byte[])Vectors.Body.Clone();
            body[bit / 8] ^= (byte)(1 << (bit % 8));

            // The record size is not authenticated: another one that is large enough changes nothing.
            if (bit / 8 is >= RecordCoding.SaltSize and < KeyAt - 1 && RecordCoding.RecordSizeOf(body) >= body.Length - RecordAt)
            {
                Assert.AreEqual(Vectors.Plaintext, Encoding.ASCII.GetString(WebPushEncryption.Decrypt(body, keys)));
                continue;
            }

            var code = Code(() => WebPushEncryption.Decrypt(body, keys));
            Assert.IsTrue(code is ErrorCodes.Undecryptable or ErrorCodes.InvalidEnvelope or ErrorCodes.InvalidKey, $"Bit {bit}: {code}");
        }
    }

    [TestMethod]
    public void Every_truncation_is_noticed()
    {
        using var keys = Vectors.Receiver();
        for (var length = 0; length < Vectors.Body.Length; length++)
        {
            var code = Code(() => WebPushEncryption.Decrypt(Vectors.Body.AsSpan(0, length), keys));
            Assert.AreEqual(length < WebPushEncryption.Overhead ? ErrorCodes.InvalidEnvelope : ErrorCodes.Undecryptable, code);
        }
    }

    [TestMethod]
    public void Bytes_behind_the_record_are_noticed()
    {
        using var keys = Vectors.Receiver();
        Assert.AreEqual(ErrorCodes.Undecryptable, Code(() => WebPushEncryption.Decrypt([.. Vectors.Body, 0], keys)));
        var body = (byte[])Vectors.Body.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(RecordCoding.SaltSize), (uint)(body.Length - RecordAt));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Code(() => WebPushEncryption.Decrypt([.. body, 0], keys)));
    }

    [TestMethod]
    public void Other_keys_read_nothing()
    {
        using var keys = Vectors.Receiver();
        using var other = WebPushKeys.Generate();
        Assert.AreEqual(ErrorCodes.Undecryptable, Code(() => WebPushEncryption.Decrypt(Vectors.Body, other)));
        using var otherSecret = WebPushKeys.Import([.. keys.Export()[..32], .. new byte[16]]);
        Assert.AreEqual(ErrorCodes.Undecryptable, Code(() => WebPushEncryption.Decrypt(Vectors.Body, otherSecret)));
    }

    [TestMethod]
    public void A_padding_without_its_delimiter_is_refused()
    {
        using var keys = Vectors.Receiver();
        using var sender = Vectors.Sender();
        foreach (var padded in new byte[][] { [0], [0, 0, 0], [1], [65, 1, 0], [65, 3] })
        {
            var body = Sealed(padded, keys, sender);
            Assert.AreEqual(ErrorCodes.InvalidEnvelope, Code(() => WebPushEncryption.Decrypt(body, keys)));
        }
    }

    [TestMethod]
    public void Sender_keys_off_the_curve_are_refused()
    {
        using var keys = Vectors.Receiver();
        foreach (var point in HostilePoints.All.Where(static point => point.Length == PushPoint.Size))
        {
            var body = (byte[])Vectors.Body.Clone();
            point.CopyTo(body, KeyAt);
            Assert.AreEqual(ErrorCodes.InvalidKey, Code(() => WebPushEncryption.Decrypt(body, keys)));
        }
    }

    [TestMethod]
    public void Key_ids_of_another_length_are_refused()
    {
        using var keys = Vectors.Receiver();
        for (var length = 0; length < 256; length++)
        {
            if (length != PushPoint.Size)
            {
                var body = (byte[])Vectors.Body.Clone();
                body[KeyAt - 1] = (byte)length;
                Assert.AreEqual(ErrorCodes.InvalidEnvelope, Code(() => WebPushEncryption.Decrypt(body, keys)));
            }
        }
    }

    // As an honest sender would, but with a padding of one's own.
    private static byte[] Sealed(byte[] padded, WebPushKeys keys, ECDiffieHellman sender)
    {
        // With content and delimiter at hand, a longer honest message gives the key stream; its tag would be wrong. So the record is made by the same parts as in the product.
        var body = WebPushEncryption.Encrypt([], keys.Recipient, 0, sender, Vectors.Salt);
        var shared = sender.DeriveRawSecretAgreement(keys.Key.PublicKey);
        var ikm = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, shared, 32, keys.Recipient.Auth.ToArray(), [.. "WebPush: info\0"u8, .. keys.Recipient.PublicKey.Span, .. body.AsSpan(KeyAt, PushPoint.Size)]);
        using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, 16, Vectors.Salt, "Content-Encoding: aes128gcm\0"u8.ToArray()), 16);
        var record = new byte[padded.Length + 16];
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, 12, Vectors.Salt, "Content-Encoding: nonce\0"u8.ToArray());
        cipher.Encrypt(nonce, padded, record.AsSpan(0, padded.Length), record.AsSpan(padded.Length));
        return [.. body[..RecordAt], .. record];
    }

    private static string Code(Action action) => Assert.ThrowsExactly<LoopException>(action).Code;
}
