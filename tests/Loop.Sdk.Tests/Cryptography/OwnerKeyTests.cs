namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class OwnerKeyTests
{
    [TestMethod]
    public void Room_key_comes_back_with_its_epoch()
    {
        using var owner = OwnerKey.Generate();
        using var first = RoomKey.Generate();
        using var key = first.Next();
        using var again = owner.Unwrap("room", EnvelopeAlgorithm.LoopV2, owner.Wrap("room", key));
        Assert.AreEqual(2, again.Epoch);
        Assert.AreEqual(RoomKeyText.Write(key), RoomKeyText.Write(again));
        Assert.AreNotEqual(owner.Wrap("room", key), owner.Wrap("room", key));
    }

    [TestMethod]
    public void Wrapped_key_is_refused_when_anything_is_not_as_it_was()
    {
        using var owner = OwnerKey.Generate();
        using var other = OwnerKey.Generate();
        using var key = RoomKey.Generate();
        using var member = MemberKey.Generate();
        var wrapped = owner.Wrap("room", key);
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => owner.Unwrap("other", EnvelopeAlgorithm.LoopV2, wrapped)));
        Assert.AreEqual(ErrorCodes.WrongKey, Refusals.CodeOf(() => other.Unwrap("room", EnvelopeAlgorithm.LoopV2, wrapped)));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => owner.Unwrap("room", EnvelopeAlgorithm.LoopV2, wrapped[..^1])));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => owner.Unwrap("room", EnvelopeAlgorithm.LoopV2, wrapped + "\n")));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => owner.UnwrapMember("room", wrapped)));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => owner.Unwrap("room", EnvelopeAlgorithm.LoopV2, owner.WrapMember("room", member))));

        Span<byte> bytes = stackalloc byte[StrictBase64Url.DecodedLength(wrapped.Length)];
        Assert.IsTrue(StrictBase64Url.TryDecode(wrapped, bytes));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var changed = StrictBase64Url.Encode(bytes);
            Assert.IsNotNull(Refusals.TryCodeOf(() => owner.Unwrap("room", EnvelopeAlgorithm.LoopV2, changed).Dispose()), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestMethod]
    public void Member_key_comes_back()
    {
        using var owner = OwnerKey.Generate();
        using var member = MemberKey.Generate();
        using var again = owner.UnwrapMember("room", owner.WrapMember("room", member));
        Assert.AreEqual(member.Identity.Id, again.Identity.Id);
    }

    [TestMethod]
    public void Owner_key_of_a_profile_wraps_only_keys_of_its_envelope()
    {
        using var profile = OwnerKey.Import(new byte[16]);
        using var key = RoomKey.Generate();
        using var original = RoomKey.GenerateAesGcm();
        Assert.ThrowsExactly<InvalidOperationException>(() => profile.Wrap("room", key));
        using var again = profile.Unwrap("room", EnvelopeAlgorithm.AesGcm, profile.Wrap("room", original));
        Assert.AreEqual(16, again.Size);
    }

    [TestMethod]
    public void Owner_key_is_refused_when_its_length_is_wrong()
    {
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => OwnerKey.Import(new byte[31]).Dispose()));
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => RoomKey.Import(new byte[16], 1).Dispose()));
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => RoomKey.Import(new byte[32], 0).Dispose()));
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => RoomKey.ImportAesGcm(new byte[15]).Dispose()));
        Assert.ThrowsExactly<ArgumentException>(() => OwnerKey.Derive(new byte[31]));
    }
}
