namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class RoomCipherTests : IDisposable
{
    private readonly RoomFixture _room = new();

    public void Dispose() => _room.Dispose();

    [TestMethod]
    public void Context_comes_back_with_members_of_other_clients()
    {
        using var cipher = _room.Cipher();
        var first = RoomContext.Parse("""{"roomName":"N","urls":[{"location":"https://a.example/","description":"A","pinned":true}],"theme":{"dark":true}}""");
        var context = cipher.OpenContext(cipher.SealContext(first, 1, _room.Ada), 1, _room.Ada.Identity);
        Assert.AreEqual("N", context.RoomName);
        Assert.IsNull(context.Description);
        Assert.AreEqual("A", context.Urls![0].Description);
        Assert.AreEqual("""{"dark":true}""", context.AdditionalMembers!["theme"].GetRawText());
        Assert.IsTrue(context.Urls[0].AdditionalMembers!["pinned"].GetBoolean());
        Assert.AreEqual(1, cipher.ContextVersion);
    }

    [TestMethod]
    public void Context_is_refused_when_it_is_older_than_one_that_was_seen()
    {
        using var cipher = _room.Cipher();
        var old = cipher.SealContext(new RoomContext { RoomName = "old" }, 1);
        var current = cipher.SealContext(new RoomContext { RoomName = "new" }, 2);
        Assert.AreEqual("old", cipher.OpenContext(old, 1).RoomName);
        Assert.AreEqual("new", cipher.OpenContext(current, 2).RoomName);
        Assert.AreEqual(ErrorCodes.StaleVersion, Refusals.CodeOf(() => cipher.OpenContext(old, 1)));
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => cipher.OpenContext(old, 3)));
        Assert.AreEqual("new", cipher.OpenContext(current, 2).RoomName);
        Assert.AreEqual(ErrorCodes.StaleVersion, Refusals.CodeOf(() => cipher.SealContext(new RoomContext(), 2)));

        using var restarted = _room.Cipher();
        restarted.ExpectContextVersion(cipher.ContextVersion);
        restarted.ExpectContextVersion(1);
        Assert.AreEqual(ErrorCodes.StaleVersion, Refusals.CodeOf(() => restarted.OpenContext(old, 1)));
    }

    [TestMethod]
    public void Context_is_refused_when_it_comes_from_another_room()
    {
        using var here = _room.Cipher();
        using var there = new RoomCipher("AAAAAAAAAAA", _room.Key);
        var value = there.SealContext(new RoomContext { RoomName = "there" }, 1);
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => here.OpenContext(value, 1)));
        Assert.AreEqual(0, here.ContextVersion);
    }

    [TestMethod]
    public void Context_is_refused_when_the_key_is_another_and_the_cipher_goes_on()
    {
        using var cipher = _room.Cipher();
        using var otherKey = RoomKey.Generate();
        using var other = RoomFixture.CipherOf(otherKey);
        Assert.AreEqual(ErrorCodes.WrongKey, Refusals.CodeOf(() => cipher.OpenContext(other.SealContext(new RoomContext(), 9), 9)));
        Assert.AreEqual("ok", cipher.OpenContext(cipher.SealContext(new RoomContext { RoomName = "ok" }, 1), 1).RoomName);
    }

    [TestMethod]
    public void Context_is_refused_when_it_is_too_large_or_malformed()
    {
        using var cipher = _room.Cipher();
        Assert.AreEqual(ErrorCodes.ContentTooLarge, Refusals.CodeOf(() => cipher.SealContext(new RoomContext { RoomName = new string('x', RoomContext.MaxLength) }, 1)));
        Assert.AreEqual(ErrorCodes.ContentTooLarge, Refusals.CodeOf(() => cipher.OpenContext(new string('A', 100_000), 1)));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => cipher.OpenContext("", 1)));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => cipher.OpenContext("A", 1)));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => cipher.OpenContext("!!!!", 1)));
        var value = cipher.SealContext(new RoomContext(), 1);
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => cipher.OpenContext(value, 0)));
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => cipher.OpenContext(value, long.MaxValue)));
        foreach (var json in new[] { "", "null", "1", "{", """{"urls":[null]}""", """{"urls":[{}]}""", """{"urls":[{"location":null}]}""", """{"roomName":"a","roomName":"b"}""", $$"""{"a":{{new string('[', 20)}}{{new string(']', 20)}}}""" })
        {
            Assert.AreEqual(ErrorCodes.InvalidContext, Refusals.CodeOf(() => RoomContext.Parse(json)), json);
        }

        // Half a surrogate pair cannot be written again, wherever it stands.
        foreach (var json in new[] { """{"roomName":"\ud83d"}""", """{"other":"\ud83d"}""", """{"\ud83d":1}""", """{"other":[{"\ud83d":1}]}""", """{"urls":[{"location":"x:","o":"\ude00"}]}""" })
        {
            Assert.AreEqual(ErrorCodes.InvalidContext, Refusals.CodeOf(() => RoomContext.Parse(json)), json);
        }

        var tooMany = string.Join(',', Enumerable.Repeat("""{"location":"x:"}""", RoomContext.MaxUrls + 1));
        Assert.AreEqual(ErrorCodes.InvalidContext, Refusals.CodeOf(() => RoomContext.Parse($$"""{"urls":[{{tooMany}}]}""")));
    }

    [TestMethod]
    public void Link_of_a_page_is_there_only_when_it_is_safe_to_follow()
    {
        Assert.AreEqual("https", Page("https://a.example/").Link!.Scheme);
        Assert.IsNull(Page("javascript:alert(1)").Link);
        Assert.IsNull(Page("file:///etc/passwd").Link);
        Assert.IsNull(Page("not a url").Link);

        static RoomContextUrl Page(string location) => new() { Location = location };
    }

    [TestMethod]
    public void Entry_is_refused_when_another_member_forged_its_author()
    {
        using var cipher = _room.Cipher();
        var entry = cipher.Seal(EnvelopeField.Timeline, "1", 1, "hello"u8, _room.Eve);
        Assert.AreEqual(ErrorCodes.Tampered, Refusals.CodeOf(() => cipher.Open(EnvelopeField.Timeline, "1", 1, entry, _room.Ada.Identity)));

        // Eve has the room's key, and can claim to be Ada everywhere but in the signature.
        using var keys = new EpochKeys(_room.Key);
        var binding = new EnvelopeBinding(EnvelopeField.Timeline, "1", 1, _room.Ada.Identity.Id);
        var forged = EnvelopeSealer.Seal(keys, RoomFixture.Room, binding, "hello"u8, _room.Eve);
        Assert.AreEqual(ErrorCodes.ForgedAuthor, Refusals.CodeOf(() => cipher.Open(EnvelopeField.Timeline, "1", 1, forged, _room.Ada.Identity)));
        Assert.IsTrue(cipher.Open(EnvelopeField.Timeline, "1", 1, entry, _room.Eve.Identity).Content.Span.SequenceEqual("hello"u8));
    }

    [TestMethod]
    public void Entry_is_refused_when_its_edit_is_undone()
    {
        using var cipher = _room.Cipher();
        var first = cipher.Seal(EnvelopeField.Timeline, "1", 1, "first"u8, _room.Bob);
        var edited = cipher.Seal(EnvelopeField.Timeline, "1", 2, "edited"u8, _room.Bob);
        cipher.Open(EnvelopeField.Timeline, "1", 1, first, _room.Bob.Identity);
        cipher.Open(EnvelopeField.Timeline, "1", 2, edited, _room.Bob.Identity);
        cipher.Open(EnvelopeField.Timeline, "1", 2, edited, _room.Bob.Identity);
        Assert.AreEqual(ErrorCodes.StaleVersion, Refusals.CodeOf(() => cipher.Open(EnvelopeField.Timeline, "1", 1, first, _room.Bob.Identity)));
    }

    [TestMethod]
    [DataRow(EnvelopeField.Signal)]
    [DataRow(EnvelopeField.Signalling)]
    public void Signal_is_refused_when_it_is_repeated(EnvelopeField field)
    {
        using var cipher = _room.Cipher();
        var first = cipher.Seal(field, "typing", 10, "1"u8, _room.Bob);
        var second = cipher.Seal(field, "typing", 11, "0"u8, _room.Bob);
        cipher.Open(field, "typing", 10, first, _room.Bob.Identity);
        Assert.AreEqual(ErrorCodes.StaleVersion, Refusals.CodeOf(() => cipher.Open(field, "typing", 10, first, _room.Bob.Identity)));
        cipher.Open(field, "typing", 11, second, _room.Bob.Identity);
        Assert.AreEqual(ErrorCodes.StaleVersion, Refusals.CodeOf(() => cipher.Open(field, "typing", 10, first, _room.Bob.Identity)));

        // Another member's numbers are that member's own.
        cipher.Open(field, "typing", 1, cipher.Seal(field, "typing", 1, "1"u8, _room.Ada), _room.Ada.Identity);
    }

    [TestMethod]
    public void Entry_is_refused_when_it_is_too_large()
    {
        using var cipher = _room.Cipher();
        Assert.AreEqual(ErrorCodes.ContentTooLarge, Refusals.CodeOf(() => cipher.Seal(EnvelopeField.Timeline, "1", 1, new byte[RoomCipher.MaxContent + 1], _room.Bob)));
        var largest = cipher.Seal(EnvelopeField.Timeline, "1", 1, new byte[RoomCipher.MaxContent], _room.Bob);
        Assert.AreEqual(RoomCipher.MaxContent, cipher.Open(EnvelopeField.Timeline, "1", 1, largest, _room.Bob.Identity).Content.Length);
        Assert.AreEqual(ErrorCodes.ContentTooLarge, Refusals.CodeOf(() => cipher.Open(EnvelopeField.Timeline, "1", 1, [.. largest, 0], _room.Bob.Identity)));
    }

    [TestMethod]
    public void Arguments_are_the_callers_mistake_when_they_are_out_of_range()
    {
        using var cipher = _room.Cipher();
        using var original = RoomKey.GenerateAesGcm();
        Assert.ThrowsExactly<ArgumentException>(() => cipher.Seal(EnvelopeField.Timeline, new string('x', 129), 1, [], _room.Bob));
        Assert.ThrowsExactly<ArgumentException>(() => cipher.Seal(EnvelopeField.Timeline, "\uD83D", 1, [], _room.Bob));
        Assert.ThrowsExactly<ArgumentException>(() => cipher.Seal(EnvelopeField.Timeline, "x", 0, [], _room.Bob));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cipher.Seal(EnvelopeField.Context, "x", 1, [], _room.Bob));
        Assert.ThrowsExactly<ArgumentException>(() => cipher.Add(original));
        Assert.ThrowsExactly<ArgumentException>(() => new RoomCipher("", _room.Key));
        Assert.ThrowsExactly<InvalidOperationException>(original.Next);

        // The same from the server is bad input.
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Refusals.CodeOf(() => cipher.Open(EnvelopeField.Timeline, new string('x', 129), 1, new byte[200], _room.Bob.Identity)));
    }

    [TestMethod]
    public void Cipher_is_of_no_use_when_disposed_of()
    {
        var cipher = _room.Cipher();
        var value = cipher.SealContext(new RoomContext(), 1);
        cipher.Dispose();
        cipher.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => cipher.OpenContext(value, 1));
        Assert.ThrowsExactly<ObjectDisposedException>(() => cipher.SealContext(new RoomContext(), 2));
        Assert.ThrowsExactly<ObjectDisposedException>(() => cipher.Add(_room.Key));
    }
}
