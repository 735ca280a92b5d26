using System.Buffers.Text;
using System.Security.Cryptography;
using Loop.Sdk.Cryptography.Vectors;

namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class LoopV2VectorTests
{
    private static readonly LoopV2Vectors Vectors = VectorFile.LoopV2;

    [TestMethod]
    public void Keys_are_derived_as_written_down()
    {
        Span<byte> derived = stackalloc byte[32];
        foreach (var vector in Vectors.Keys)
        {
            foreach (var (purpose, expected) in vector.Purposes)
            {
                PurposeKeys.Derive(VectorFile.Hex(vector.Key), purpose, vector.Epoch, derived);
                Assert.AreEqual(expected, VectorFile.Hex(derived), purpose);
            }
        }

        PurposeKeys.Derive(VectorFile.Hex(Vectors.Owner.Key), PurposeKeys.Wrap, 0, derived);
        Assert.AreEqual(Vectors.Owner.Wrap, VectorFile.Hex(derived));
        PurposeKeys.Derive(VectorFile.Hex(Vectors.Owner.Key), PurposeKeys.WrapCommitment, 0, derived);
        Assert.AreEqual(Vectors.Owner.WrapCommitment, VectorFile.Hex(derived));
        using var owner = OwnerKey.Derive(VectorFile.Hex(Vectors.Owner.Secret));
        owner.Export(derived);
        Assert.AreEqual(Vectors.Owner.Key, VectorFile.Hex(derived));
    }

    [TestMethod]
    public void Ids_are_hashes_of_the_public_keys()
    {
        foreach (var vector in Vectors.Members)
        {
            using var key = Vectors.MemberKey(vector.Name);
            Assert.AreEqual(vector.Id, key.Identity.Id);
            Assert.AreEqual(MemberIdentity.IdLength, vector.Id.Length);
        }
    }

    [TestMethod]
    public void Envelopes_have_the_bytes_that_are_written_down()
    {
        foreach (var vector in Vectors.Envelopes)
        {
            using var key = RoomKey.Import(VectorFile.Hex(vector.Key), vector.Epoch);
            using var keys = new EpochKeys(key);
            using var author = vector.Author is null ? null : Vectors.MemberKey(vector.Author);
            var envelope = new byte[vector.Envelope.Length / 2];
            EnvelopeSealer.Seal(
                keys,
                vector.Room,
                new EnvelopeBinding(Field(vector.Field), vector.Item, vector.Version, author?.Identity.Id ?? ""),
                VectorFile.Hex(vector.Content),
                author,
                envelope,
                VectorFile.Hex(vector.Nonce),
                VectorFile.Hex(vector.Signature ?? ""));
            Assert.AreEqual(vector.Envelope, VectorFile.Hex(envelope), vector.Name);

            var associatedData = EnvelopeLayout.AssociatedData(envelope, vector.Room, new EnvelopeBinding(Field(vector.Field), vector.Item, vector.Version, author?.Identity.Id ?? ""), new byte[EnvelopeLayout.AssociatedDataBuffer]);
            Assert.AreEqual(vector.AssociatedData, VectorFile.Hex(associatedData), vector.Name);
        }
    }

    [TestMethod]
    public void Envelopes_open_when_they_were_made_elsewhere()
    {
        foreach (var vector in Vectors.Envelopes)
        {
            var content = Open(vector.Room, vector.Key, vector.Epoch, vector.Field, vector.Item, vector.Version, vector.Author, vector.Envelope);
            if (content is not null)
            {
                Assert.AreEqual(vector.Content, VectorFile.Hex(content), vector.Name);
            }
        }
    }

    [TestMethod]
    public void Envelopes_are_refused_with_the_code_that_is_written_down()
    {
        foreach (var vector in Vectors.Refusals)
        {
            var code = Refusals.TryCodeOf(() => Open(vector.Room, vector.Key, vector.Epoch, vector.Field, vector.Item, vector.Version, vector.Author, vector.Envelope));
            Assert.AreEqual(vector.Code, code, vector.Name);
        }
    }

    [TestMethod]
    public void Wrapped_keys_have_the_bytes_that_are_written_down()
    {
        foreach (var vector in Vectors.Wrapped)
        {
            using var owner = OwnerKey.Import(VectorFile.Hex(vector.Owner));
            var kind = vector.Kind == "room" ? WrappedKind.Room : WrappedKind.Member;
            Assert.AreEqual(vector.Wrapped, owner.LoopV2Wrap().Wrap(kind, vector.Room, vector.Epoch, VectorFile.Hex(vector.Key), VectorFile.Hex(vector.Nonce)));

            var bytes = new byte[vector.Key.Length / 2];
            if (kind == WrappedKind.Room)
            {
                using var key = owner.Unwrap(vector.Room, EnvelopeAlgorithm.LoopV2, vector.Wrapped);
                Assert.AreEqual(vector.Epoch, key.Epoch);
                key.Export(bytes);
            }
            else
            {
                using var key = owner.UnwrapMember(vector.Room, vector.Wrapped);
                key.Export(bytes);
            }

            Assert.AreEqual(vector.Key, VectorFile.Hex(bytes));
        }
    }

    [TestMethod]
    public void Rotated_key_is_sealed_as_written_down()
    {
        var vector = Vectors.Rotation;
        using var recipient = Vectors.MemberKey(vector.Recipient);
        using var ephemeral = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = VectorFile.Hex(vector.EphemeralPrivate) });
        var fields = new FieldWriter(new byte[256]);
        fields.Text(vector.Room);
        fields.Text(recipient.Identity.Id);
        fields.Number(vector.Epoch);
        Assert.AreEqual(vector.Content, VectorFile.Hex(Hpke.Seal(ephemeral, recipient.Identity, "loop.v2/rotation"u8, fields.Written, VectorFile.Hex(vector.Key))));

        using var opened = RotationKey.Open(vector.Room, vector.Epoch, VectorFile.Hex(vector.Content), recipient);
        var bytes = new byte[32];
        opened.Export(bytes);
        Assert.AreEqual(vector.Key, VectorFile.Hex(bytes));
    }

    [TestMethod]
    public void Links_are_read_and_written_as_written_down()
    {
        foreach (var vector in Vectors.Links)
        {
            using var link = RoomLink.Parse(vector.Link);
            Assert.AreEqual(vector.RoomUrl, link.RoomUrl.AbsoluteUri);
            Assert.AreEqual(vector.RoomToken, link.RoomToken);
            Assert.AreEqual(vector.Algorithm, link.Key?.Algorithm);
            Assert.AreEqual(vector.Epoch, link.Key?.Epoch ?? 0);
            Assert.AreEqual(vector.Link, link.ToLink());
            var bytes = new byte[link.Key?.Size ?? 0];
            link.Key?.Export(bytes);
            Assert.AreEqual(vector.Key ?? "", VectorFile.Hex(bytes));
        }

        foreach (var malformed in Vectors.MalformedLinks)
        {
            Assert.AreEqual(ErrorCodes.InvalidLink, Refusals.CodeOf(() => RoomLink.Parse(malformed).Dispose()), malformed);
        }
    }

    private static EnvelopeField Field(string name) => Enum.Parse<EnvelopeField>(name, ignoreCase: true);

    // Null for what does not give its bytes away.
    private static byte[]? Open(string room, string keyHex, int epoch, string fieldName, string item, long version, string? authorName, string envelopeHex)
    {
        using var key = RoomKey.Import(VectorFile.Hex(keyHex), epoch);
        using var cipher = new RoomCipher(room, key);
        using var author = authorName is null ? null : Vectors.Identity(authorName);
        var envelope = VectorFile.Hex(envelopeHex);
        switch (Field(fieldName))
        {
            case EnvelopeField.Context:
                Assert.IsNotNull(cipher.OpenContext(Base64Url.EncodeToString(envelope), version, author));
                return null;
            case EnvelopeField.Member:
                using (var announced = cipher.OpenMember(item, version, envelope).Identity)
                {
                    Assert.AreEqual(author!.Id, announced.Id);
                }

                return null;
            case EnvelopeField.Rotation:
                using (var recipient = Vectors.MemberKey(Vectors.Rotation.Recipient))
                using (var next = cipher.OpenRotation((int)version, envelope, recipient, author!))
                {
                    Assert.AreEqual((int)version, next.Epoch);
                }

                return null;
            default:
                return cipher.Open(Field(fieldName), item, version, envelope, author!).Content.ToArray();
        }
    }
}
