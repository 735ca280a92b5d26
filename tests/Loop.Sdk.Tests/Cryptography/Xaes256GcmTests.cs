using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.Cryptography.Vectors;

namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class Xaes256GcmTests
{
    [TestMethod]
    public void Ciphertext_is_the_published_one()
    {
        foreach (var vector in VectorFile.Xaes.Vectors)
        {
            var sealedBytes = Seal(VectorFile.Hex(vector.Key), Encoding.ASCII.GetBytes(vector.Nonce), Encoding.ASCII.GetBytes(vector.Plaintext), Encoding.ASCII.GetBytes(vector.AssociatedData));
            Assert.AreEqual(vector.Ciphertext, VectorFile.Hex(sealedBytes));
        }
    }

    [TestMethod]
    public void Ciphertexts_are_the_published_ones_when_accumulated()
    {
        if (!Shake128.IsSupported)
        {
            Assert.Inconclusive("The system's cryptography has no SHAKE128.");
        }

        var nightly = Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1";
        foreach (var vector in VectorFile.Xaes.Accumulated.Where(vector => nightly || vector.Iterations <= 10_000))
        {
            Assert.AreEqual(vector.Hash, Accumulate(vector.Iterations));
        }
    }

    [TestMethod]
    public void Plaintext_does_not_come_back_when_anything_was_changed()
    {
        var key = new byte[32];
        var nonce = new byte[24];
        var sealedBytes = Seal(key, nonce, "hello"u8, "world"u8);
        Assert.AreEqual("hello", Open(key, nonce, sealedBytes, "world"u8.ToArray()));
        for (var place = 0; place < nonce.Length; place++)
        {
            nonce[place] ^= 1;
            Assert.IsNull(Open(key, nonce, sealedBytes, "world"u8.ToArray()));
            nonce[place] ^= 1;
        }

        Assert.IsNull(Open(key, nonce, sealedBytes, "World"u8.ToArray()));
    }

    [TestMethod]
    public void Cipher_gives_each_thread_its_own_keys_when_several_use_it()
    {
        using var key = new SecretBytes(new byte[32]);
        using var cipher = new Xaes256Gcm(key);
        Parallel.For(0, 2000, number =>
        {
            var nonce = new byte[24];
            BitConverter.TryWriteBytes(nonce, number);
            var text = BitConverter.GetBytes(number);
            var tag = new byte[16];
            cipher.Encrypt(nonce, text, text, tag, []);
            Assert.IsTrue(cipher.TryDecrypt(nonce, text, tag, text, []));
            Assert.AreEqual(number, BitConverter.ToInt32(text));
        });
    }

    [TestMethod]
    public void Cipher_is_of_no_use_when_disposed_of()
    {
        using var key = new SecretBytes(new byte[32]);
        var cipher = new Xaes256Gcm(key);
        cipher.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => cipher.Encrypt(new byte[24], [], [], new byte[16], []));
    }

    // The whole stream is taken at once: older systems cannot read from it piece by piece.
    private static string Accumulate(int iterations)
    {
        const int MeanIteration = 32 + 24 + 1 + 1 + 255;
        var stream = Shake128.HashData([], (iterations * MeanIteration) + (iterations * 10)).AsSpan();
        using var hash = new Shake128();
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var key = Take(ref stream, 32);
            var nonce = Take(ref stream, 24);
            var plaintext = Take(ref stream, Take(ref stream, 1)[0]);
            var associatedData = Take(ref stream, Take(ref stream, 1)[0]);
            hash.AppendData(Seal(key, nonce, plaintext, associatedData));
        }

        return VectorFile.Hex(hash.GetHashAndReset(32));
    }

    private static byte[] Take(ref Span<byte> stream, int length)
    {
        var taken = stream[..length].ToArray();
        stream = stream[length..];
        return taken;
    }

    private static byte[] Seal(byte[] key, byte[] nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        using var secret = new SecretBytes(key);
        using var cipher = new Xaes256Gcm(secret);
        var sealedBytes = new byte[plaintext.Length + 16];
        cipher.Encrypt(nonce, plaintext, sealedBytes.AsSpan(0, plaintext.Length), sealedBytes.AsSpan(plaintext.Length), associatedData);
        return sealedBytes;
    }

    private static string? Open(byte[] key, byte[] nonce, byte[] sealedBytes, byte[] associatedData)
    {
        using var secret = new SecretBytes(key);
        using var cipher = new Xaes256Gcm(secret);
        var plaintext = new byte[sealedBytes.Length - 16];
        return cipher.TryDecrypt(nonce, sealedBytes.AsSpan()[..^16], sealedBytes.AsSpan()[^16..], plaintext, associatedData) ? Encoding.ASCII.GetString(plaintext) : null;
    }
}
