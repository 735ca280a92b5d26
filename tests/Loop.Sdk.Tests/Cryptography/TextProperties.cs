using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class TextProperties
{
    [TestMethod]
    public void Text_comes_back_when_it_is_in_either_encoding() =>
        Prop.ForAll<uint[]>(values =>
        {
            var text = string.Concat(values.Select(static value => (value % 0x110000) is var scalar && Rune.IsValid(scalar) ? new Rune(scalar).ToString() : "?"));
            var bytes = new byte[Cesu8.MaxLength(text.Length)];
            var cesu = bytes.AsSpan(0, Cesu8.Encode(text, bytes));
            return Decode(cesu) == text && Decode(Encoding.UTF8.GetBytes(text)) == text;
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Bytes_come_back_when_they_are_written_as_base64url() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var text = StrictBase64Url.Encode(bytes);
            var decoded = new byte[bytes.Length];
            return StrictBase64Url.DecodedLength(text.Length) == bytes.Length
                && StrictBase64Url.TryDecode(text, decoded)
                && decoded.AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Base64url_is_refused_when_there_is_another_text_for_the_same_bytes()
    {
        Span<byte> one = stackalloc byte[1];
        Assert.IsTrue(StrictBase64Url.TryDecode("AA", one));
        foreach (var text in new[] { "AB", "AP", "AA=", "AA==", "A A", " AA", "AA\n", "A", "A+", "A/", "A%" })
        {
            Assert.IsFalse(StrictBase64Url.TryDecode(text, one), text);
        }
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[bytes.Length];
        return Cesu8.TryDecode(bytes, characters, out var length) ? new string(characters, 0, length) : null;
    }
}
