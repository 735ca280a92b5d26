using System.Text;
using Loop.Sdk.Cryptography.Vectors;

namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class AesGcmEnvelopeTests
{
    private static readonly AesGcmVectors Vectors = VectorFile.AesGcm;

    [TestMethod]
    public void Wrapped_keys_and_contexts_open_when_old_clients_made_them()
    {
        foreach (var vector in Vectors.Wrapped)
        {
            using var profile = Owner(vector.ProfileKey);
            using var key = profile.Unwrap("room", EnvelopeAlgorithm.AesGcm, vector.WrappedKey);
            Assert.AreEqual(vector.RoomKey, RoomKeyText.Write(key));
            Assert.AreEqual(vector.Text, AesGcmEnvelope.Open(key, vector.Value));

            // 22 characters, IV and tag.
            var wrapped = profile.Wrap("room", key);
            Assert.AreEqual(68, wrapped.Length);
            using var again = profile.Unwrap("room", EnvelopeAlgorithm.AesGcm, wrapped);
            Assert.AreEqual(vector.RoomKey, RoomKeyText.Write(again));
        }
    }

    [TestMethod]
    public void Texts_open_and_have_the_bytes_that_old_clients_write()
    {
        foreach (var vector in Vectors.Texts)
        {
            using var key = Key(vector.Key);
            Assert.AreEqual(vector.Text, AesGcmEnvelope.Open(key, vector.Value));
            if (vector.Iv is { } iv)
            {
                var bytes = new byte[Cesu8.MaxLength(vector.Text.Length)];
                var length = Cesu8.Encode(vector.Text, bytes);
                Assert.AreEqual(vector.Value, AesGcmBytes.Seal(key.Bytes.Span, bytes.AsSpan(0, length), VectorFile.Hex(iv)));
            }
        }
    }

    [TestMethod]
    public void Text_opens_when_line_breaks_and_padding_are_missing_or_others()
    {
        using var key = RoomKey.GenerateAesGcm();
        var text = new string('x', 200);
        var value = AesGcmEnvelope.Seal(key, text);
        Assert.Contains("\r\n", value);
        Assert.IsFalse(value.EndsWith('\n'));
        Assert.AreEqual(text, AesGcmEnvelope.Open(key, value.Replace("\r\n", "", StringComparison.Ordinal)));
        Assert.AreEqual(text, AesGcmEnvelope.Open(key, value.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('=')));
    }

    [TestMethod]
    public void Text_opens_when_characters_beyond_the_basic_plane_are_in_either_encoding()
    {
        using var key = RoomKey.GenerateAesGcm();
        const string Text = "a\u00E9\u20AC\U0001F600!";
        Assert.AreEqual(Text, AesGcmEnvelope.Open(key, AesGcmEnvelope.Seal(key, Text)));
        Assert.AreEqual(Text, AesGcmEnvelope.Open(key, AesGcmBytes.Seal(key.Bytes.Span, Encoding.UTF8.GetBytes(Text))));
        Assert.AreEqual(Text, AesGcmEnvelope.Open(key, AesGcmBytes.Seal(key.Bytes.Span, [(byte)'a', 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, (byte)'!'])));
    }

    [TestMethod]
    public void Context_is_ascii_when_it_is_sealed_for_old_clients()
    {
        using var key = RoomKey.GenerateAesGcm();
        var value = AesGcmEnvelope.SealContext(key, new RoomContext { RoomName = "Gr\u00FC\u00DFe \U0001F600", Urls = [new RoomContextUrl { Location = "https://example.org/" }] });
        Assert.IsTrue(Ascii.IsValid(AesGcmEnvelope.Open(key, value)));
        var context = AesGcmEnvelope.OpenContext(key, value);
        Assert.AreEqual("Gr\u00FC\u00DFe \U0001F600", context.RoomName);
        Assert.AreEqual("https://example.org/", context.Urls!.Single().Location);
    }

    [TestMethod]
    public void Text_is_refused_when_it_cannot_be_opened()
    {
        using var key = RoomKey.GenerateAesGcm();
        using var other = RoomKey.GenerateAesGcm();
        var value = AesGcmEnvelope.Seal(key, "hello");
        Assert.AreEqual(ErrorCodes.WrongKey, Refusals.CodeOf(() => AesGcmEnvelope.Open(other, value)));
        Assert.AreEqual(ErrorCodes.WrongKey, Refusals.CodeOf(() => AesGcmEnvelope.Open(key, (value[0] == 'A' ? "B" : "A") + value[1..])));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => AesGcmEnvelope.Open(key, "")));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => AesGcmEnvelope.Open(key, value[..20])));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => AesGcmEnvelope.Open(key, AesGcmBytes.Seal(key.Bytes.Span, [0xFF]))));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => AesGcmEnvelope.Open(key, AesGcmBytes.Seal(key.Bytes.Span, [0xED, 0xA0, 0xBD]))));
        Assert.AreEqual(ErrorCodes.ContentTooLarge, Refusals.CodeOf(() => AesGcmEnvelope.Open(key, new string('A', 300_000))));
        Assert.AreEqual(ErrorCodes.ContentTooLarge, Refusals.CodeOf(() => AesGcmEnvelope.Seal(key, new string('A', AesGcmEnvelope.MaxLength + 1))));
        Assert.AreEqual(ErrorCodes.InvalidContext, Refusals.CodeOf(() => AesGcmEnvelope.OpenContext(key, value)));
        Assert.AreEqual("hello", AesGcmEnvelope.Open(key, value));
    }

    [TestMethod]
    public void Wrapped_key_is_refused_when_it_cannot_be_unwrapped()
    {
        using var profile = OwnerKey.Generate();
        using var other = OwnerKey.Generate();
        using var key = RoomKey.GenerateAesGcm();
        var wrapped = profile.Wrap("room", key);
        Assert.AreEqual(ErrorCodes.WrongKey, Refusals.CodeOf(() => other.Unwrap("room", EnvelopeAlgorithm.AesGcm, wrapped)));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => profile.Unwrap("room", EnvelopeAlgorithm.AesGcm, "AAAA")));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => profile.Unwrap("room", "AES-CBC", wrapped)));
        Span<byte> bytes = stackalloc byte[32];
        profile.Export(bytes);
        var nonsense = AesGcmBytes.Seal(bytes, "no key"u8);
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => profile.Unwrap("room", EnvelopeAlgorithm.AesGcm, nonsense)));
    }

    [TestMethod]
    public void Account_key_is_the_one_that_old_clients_derive()
    {
        using var key = OwnerKey.DeriveFromAccount(VectorFile.Hex(Vectors.Account.AccountKey), Vectors.Account.ClientId);
        Span<byte> bytes = stackalloc byte[32];
        key.Export(bytes);
        Assert.AreEqual(Vectors.Account.Key, StrictBase64Url.Encode(bytes));
    }

    [TestMethod]
    public void Key_is_read_when_it_is_padded()
    {
        using var plain = Key("FliIGLUolW-xkKZVWstqKw");
        using var padded = Key("FliIGLUolW-xkKZVWstqKw==");
        Assert.AreEqual(RoomKeyText.Write(plain), RoomKeyText.Write(padded));
        Assert.IsNull(RoomKeyText.TryReadAesGcm("FliIGLUolW-xkKZVWstqKw="));
    }

    private static RoomKey Key(string text) => RoomKeyText.TryReadAesGcm(text)!;

    private static OwnerKey Owner(string text)
    {
        using var key = Key(text);
        return OwnerKey.Import(key.Bytes.Span);
    }
}
