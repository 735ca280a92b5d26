using System.Security.Cryptography;
using Loop.Sdk.Cryptography.Vectors;

namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class HpkeTests
{
    private static readonly HpkeVector Vector = VectorFile.Hpke;

    [TestMethod]
    public void Ciphertext_is_the_published_one()
    {
        using var recipient = Recipient();
        using var ephemeral = ECDiffieHellman.Create();
        P256.Import(ephemeral, VectorFile.Hex(Vector.EphemeralPrivate), VectorFile.Hex(Vector.Encapsulated));
        var sealedBytes = Hpke.Seal(ephemeral, recipient.Identity, VectorFile.Hex(Vector.Info), VectorFile.Hex(Vector.AssociatedData), VectorFile.Hex(Vector.Plaintext));
        Assert.AreEqual(Vector.Encapsulated + Vector.Ciphertext, VectorFile.Hex(sealedBytes));

        var plaintext = new byte[sealedBytes.Length - Hpke.Overhead];
        Hpke.Open(recipient, VectorFile.Hex(Vector.Info), VectorFile.Hex(Vector.AssociatedData), sealedBytes, plaintext);
        Assert.AreEqual(Vector.Plaintext, VectorFile.Hex(plaintext));
    }

    [TestMethod]
    public void Plaintext_does_not_come_back_when_anything_was_changed()
    {
        using var recipient = MemberKey.Generate();
        var sealedBytes = Hpke.Seal(recipient.Identity, "info"u8, "data"u8, "secret"u8);
        for (var place = 0; place < sealedBytes.Length; place++)
        {
            sealedBytes[place] ^= 1;
            var code = Refusals.CodeOf(() => Hpke.Open(recipient, "info"u8, "data"u8, sealedBytes, new byte[6]));
            Assert.AreEqual(place < Hpke.EncapsulatedSize ? ErrorCodes.InvalidKey : ErrorCodes.Tampered, code);
            sealedBytes[place] ^= 1;
        }

        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => Hpke.Open(recipient, "Info"u8, "data"u8, sealedBytes, new byte[6])));
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => Hpke.Open(recipient, "info"u8, "Data"u8, sealedBytes, new byte[6])));
        using var other = MemberKey.Generate();
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => Hpke.Open(other, "info"u8, "data"u8, sealedBytes, new byte[6])));
    }

    // The vector has no signing key, which takes no part in this.
    private static MemberKey Recipient()
    {
        using var other = MemberKey.Generate();
        var bytes = new byte[MemberKey.ExportSize];
        other.Export(bytes);
        VectorFile.Hex(Vector.RecipientPrivate).CopyTo(bytes, 32);
        VectorFile.Hex(Vector.RecipientPublic).CopyTo(bytes, 64 + P256.PointSize);
        return MemberKey.Import(bytes);
    }
}
