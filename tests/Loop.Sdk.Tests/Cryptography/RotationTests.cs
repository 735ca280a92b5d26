namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class RotationTests : IDisposable
{
    private readonly RoomFixture _room = new();

    public void Dispose() => _room.Dispose();

    [TestMethod]
    public void Members_who_stay_read_on_when_the_key_is_rotated()
    {
        using var ada = _room.Cipher();
        using var bob = _room.Cipher();
        var before = ada.Seal(EnvelopeField.Timeline, "1", 1, "before"u8, _room.Ada);
        using (var next = _room.Key.Next())
        {
            var forBob = ada.SealRotation(next, _room.Bob.Identity, _room.Ada);
            ada.Add(next);
            using var received = bob.OpenRotation(2, forBob, _room.Bob, _room.Ada.Identity);
            bob.Add(received);
        }

        Assert.AreEqual(2, bob.Epoch);
        var after = bob.Open(EnvelopeField.Timeline, "2", 1, ada.Seal(EnvelopeField.Timeline, "2", 1, "after"u8, _room.Ada), _room.Ada.Identity);
        Assert.AreEqual(2, after.Epoch);

        // What was written before stays readable, and says that it is old.
        Assert.AreEqual(1, bob.Open(EnvelopeField.Timeline, "1", 1, before, _room.Ada.Identity).Epoch);
    }

    [TestMethod]
    public void Member_who_was_removed_learns_and_changes_nothing()
    {
        using var ada = _room.Cipher();
        using var eve = _room.Cipher();
        using var next = _room.Key.Next();
        var forBob = ada.SealRotation(next, _room.Bob.Identity, _room.Ada);
        ada.Add(next);

        // What Bob gets is of no use to Eve, though she has the key of this epoch.
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => eve.OpenRotation(2, forBob, _room.Eve, _room.Ada.Identity)));
        var context = ada.SealContext(new RoomContext(), 1);
        Assert.AreEqual(ErrorCodes.UnknownEpoch, Refusals.CodeOf(() => eve.OpenContext(context, 1)));

        // Nor does anybody take what she makes with the old key.
        Assert.AreEqual(ErrorCodes.StaleEpoch, Refusals.CodeOf(() => ada.OpenContext(eve.SealContext(new RoomContext(), 99), 99)));
        var signal = eve.Seal(EnvelopeField.Signal, "typing", 1, [], _room.Eve);
        Assert.AreEqual(ErrorCodes.StaleEpoch, Refusals.CodeOf(() => ada.Open(EnvelopeField.Signal, "typing", 1, signal, _room.Eve.Identity)));

        // Her entries still open as history, under her own name.
        var entry = eve.Seal(EnvelopeField.Timeline, "9", 1, [], _room.Eve);
        Assert.AreEqual(1, ada.Open(EnvelopeField.Timeline, "9", 1, entry, _room.Eve.Identity).Epoch);
    }

    [TestMethod]
    public void Rotation_is_refused_when_somebody_else_made_it_or_it_is_old()
    {
        using var ada = _room.Cipher();
        using var bob = _room.Cipher();
        using var forged = _room.Key.Next();
        var byEve = bob.SealRotation(forged, _room.Bob.Identity, _room.Eve);
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => bob.OpenRotation(2, byEve, _room.Bob, _room.Ada.Identity)));

        using var keys = new EpochKeys(_room.Key);
        var binding = new EnvelopeBinding(EnvelopeField.Rotation, _room.Bob.Identity.Id, 2, _room.Ada.Identity.Id);
        var claimed = EnvelopeSealer.Seal(keys, RoomFixture.Room, binding, RotationKey.Seal(RoomFixture.Room, forged, _room.Bob.Identity), _room.Eve);
        Assert.AreEqual(ErrorCodes.ForgedAuthor, Refusals.CodeOf(() => bob.OpenRotation(2, claimed, _room.Bob, _room.Ada.Identity)));

        using var next = _room.Key.Next();
        var sealedKey = ada.SealRotation(next, _room.Bob.Identity, _room.Ada);
        using (var received = bob.OpenRotation(2, sealedKey, _room.Bob, _room.Ada.Identity))
        {
            bob.Add(received);
            bob.Add(received);
        }

        Assert.AreEqual(ErrorCodes.StaleEpoch, Refusals.CodeOf(() => bob.OpenRotation(2, sealedKey, _room.Bob, _room.Ada.Identity)));
        Assert.AreEqual(ErrorCodes.WrongKey, Refusals.CodeOf(() => bob.Add(forged)));
        Assert.ThrowsExactly<ArgumentException>(() => bob.SealRotation(next, _room.Ada.Identity, _room.Bob));
    }

    [TestMethod]
    public void Keys_of_epochs_have_nothing_in_common()
    {
        using var next = _room.Key.Next();
        Assert.AreEqual(2, next.Epoch);
        Assert.AreNotEqual(RoomKeyText.Write(_room.Key), RoomKeyText.Write(next));
    }

    [TestMethod]
    public void Old_key_lets_history_be_read_when_it_is_added_later()
    {
        using var ada = _room.Cipher();
        var entry = ada.Seal(EnvelopeField.Timeline, "1", 1, "old"u8, _room.Ada);
        using var next = _room.Key.Next();
        using var late = RoomFixture.CipherOf(next);
        Assert.AreEqual(ErrorCodes.UnknownEpoch, Refusals.CodeOf(() => late.Open(EnvelopeField.Timeline, "1", 1, entry, _room.Ada.Identity)));
        late.Add(_room.Key);
        Assert.AreEqual(2, late.Epoch);
        Assert.AreEqual(1, late.Open(EnvelopeField.Timeline, "1", 1, entry, _room.Ada.Identity).Epoch);
    }
}
