namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class MemberTests : IDisposable
{
    private readonly RoomFixture _room = new();

    public void Dispose() => _room.Dispose();

    [TestMethod]
    public void Announcement_gives_the_keys_and_the_name()
    {
        using var cipher = _room.Cipher();
        var announcement = cipher.OpenMember(_room.Ada.Identity.Id, 1, cipher.SealMember(_room.Ada, "Ada \U0001F600", 1));
        using var identity = announcement.Identity;
        Assert.AreEqual("Ada \U0001F600", announcement.DisplayName);
        Assert.AreEqual(_room.Ada.Identity.Id, identity.Id);

        var entry = cipher.Seal(EnvelopeField.Timeline, "1", 1, "hello"u8, _room.Ada);
        Assert.AreEqual(5, cipher.Open(EnvelopeField.Timeline, "1", 1, entry, identity).Content.Length);
    }

    [TestMethod]
    public void Announcement_is_refused_when_it_is_of_another_member_or_old()
    {
        using var cipher = _room.Cipher();
        var ada = _room.Ada.Identity.Id;
        var first = cipher.SealMember(_room.Ada, "Ada", 1);
        var second = cipher.SealMember(_room.Ada, "Countess", 2);
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => cipher.OpenMember(_room.Bob.Identity.Id, 1, first)));
        cipher.OpenMember(ada, 2, second).Identity.Dispose();
        Assert.AreEqual(ErrorCodes.StaleVersion, Refusals.CodeOf(() => cipher.OpenMember(ada, 1, first)));

        // Eve announces her own keys as Ada's.
        using var keys = new EpochKeys(_room.Key);
        var forged = EnvelopeSealer.Seal(keys, RoomFixture.Room, new EnvelopeBinding(EnvelopeField.Member, ada, 3, ada), MemberAnnouncement.Write(_room.Eve.Identity, "Ada"), _room.Eve);
        Assert.AreEqual(ErrorCodes.ForgedAuthor, Refusals.CodeOf(() => cipher.OpenMember(ada, 3, forged)));
        var unsigned = EnvelopeSealer.Seal(keys, RoomFixture.Room, new EnvelopeBinding(EnvelopeField.Member, ada, 3, ada), MemberAnnouncement.Write(_room.Ada.Identity, "Ada"), null);
        Assert.AreEqual(ErrorCodes.ForgedAuthor, Refusals.CodeOf(() => cipher.OpenMember(ada, 3, unsigned)));
    }

    [TestMethod]
    public void Announcement_is_refused_when_it_announces_nothing()
    {
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => MemberAnnouncement.Parse("[]"u8)));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => MemberAnnouncement.Parse("{}"u8)));
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => MemberAnnouncement.Parse("""{"key":"AAAA","name":""}"""u8)));
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => MemberIdentity.Import(new byte[MemberIdentity.PublicKeySize])));
        using var cipher = _room.Cipher();
        Assert.ThrowsExactly<ArgumentException>(() => cipher.SealMember(_room.Ada, new string('x', 257), 1));
    }

    [TestMethod]
    public void Public_key_is_refused_when_its_point_is_not_on_the_curve()
    {
        foreach (var place in new[] { 1, 64, 66, 129 })
        {
            var publicKey = _room.Ada.Identity.PublicKey.ToArray();
            publicKey[place] ^= 1;
            Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => MemberIdentity.Import(publicKey)), $"{place}");
        }
    }

    [TestMethod]
    public void Member_key_comes_back_when_it_is_exported_and_imported()
    {
        var bytes = new byte[MemberKey.ExportSize];
        Assert.AreEqual(bytes.Length, _room.Ada.Export(bytes));
        using var again = MemberKey.Import(bytes);
        Assert.AreEqual(_room.Ada.Identity.Id, again.Identity.Id);
        Assert.ThrowsExactly<ArgumentException>(() => _room.Ada.Export(new byte[10]));
    }

    [TestMethod]
    public void Member_key_is_refused_when_its_halves_do_not_belong_together()
    {
        var ada = new byte[MemberKey.ExportSize];
        var bob = new byte[MemberKey.ExportSize];
        _room.Ada.Export(ada);
        _room.Bob.Export(bob);
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => MemberKey.Import([.. bob[..32], .. ada[32..]])));
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => MemberKey.Import([.. ada[..32], .. bob[32..64], .. ada[64..]])));
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => MemberKey.Import([.. new byte[32], .. ada[32..]])));
        Assert.AreEqual(ErrorCodes.InvalidKey, Refusals.CodeOf(() => MemberKey.Import(ada.AsSpan(1))));
    }

    [TestMethod]
    public void Version_is_forgotten_when_too_many_others_were_seen_since()
    {
        var guard = new VersionGuard(2);
        guard.Accept(Item("a", 5));
        guard.Accept(Item("b", 5));
        guard.Accept(Item("a", 6));
        guard.Accept(Item("c", 5));
        Assert.AreEqual(ErrorCodes.StaleVersion, Refusals.CodeOf(() => guard.Accept(Item("a", 5))));
        guard.Accept(Item("b", 1));

        static EnvelopeBinding Item(string item, long version) => new(EnvelopeField.Timeline, item, version, "");
    }
}
