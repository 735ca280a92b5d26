using System.Text;
using Loop.Sdk.Cryptography.Vectors;
using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class CryptographyFuzzTests
{
    private const int Inputs = 200_000;

    private static readonly LoopV2Vectors Vectors = VectorFile.LoopV2;
    private static readonly RoomKey Key = RoomKey.Import(VectorFile.Hex(Vectors.Keys[0].Key), 1);
    private static readonly byte[][] Links = [.. Vectors.Links.Select(static vector => Encoding.ASCII.GetBytes(vector.Link))];
    private static readonly byte[][] Wrapped = [.. Vectors.Wrapped.Select(static vector => Encoding.ASCII.GetBytes(vector.Wrapped))];

    private static readonly byte[][] Contexts =
    [
        """{"roomName":"a","description":"b","urls":[{"location":"https://a.example/","description":"c","thumbnail":"data:,"}],"x":{"y":[1,2,null]}}"""u8.ToArray(),
        """{"urls":[{"location":"","z":1.5e3}]}"""u8.ToArray(),
        """{"a\ud83d\ude00":"\ud83d\ude00","roomName":"\ud83d\ude00"}"""u8.ToArray(),
        "{}"u8.ToArray(),
    ];

    [TestMethod]
    public void Envelopes_are_opened_or_refused_whatever_comes()
    {
        using var cipher = new RoomCipher(Vectors.Envelopes[0].Room, Key);
        using var author = Vectors.Identity("bob");
        var entries = Vectors.Envelopes.Where(static vector => vector is { Epoch: 1, Author: "bob", Field: "timeline" }).ToArray();
        FuzzRun.Run(Inputs, random =>
        {
            var vector = random.Pick<EnvelopeVector>(entries);
            var envelope = Mutator.Mutate(VectorFile.Hex(vector.Envelope), random);
            var opened = cipher.Open(EnvelopeField.Timeline, vector.Item, vector.Version, envelope, author);
            Assert.AreEqual(vector.Content, VectorFile.Hex(opened.Content.Span));
        });
    }

    [TestMethod]
    public void Contexts_are_opened_or_refused_whatever_comes()
    {
        using var cipher = new RoomCipher("room", Key);
        var value = Encoding.ASCII.GetBytes(cipher.SealContext(new RoomContext { RoomName = "name" }, 1));
        FuzzRun.Run(Inputs, random => Assert.AreEqual("name", cipher.OpenContext(Encoding.Latin1.GetString(Mutator.Mutate(value, random)), 1).RoomName));
    }

    [TestMethod]
    public void Context_documents_are_read_or_refused_whatever_comes() => FuzzRun.Run(Inputs, static random =>
    {
        // What was read can be written and read again.
        var context = RoomContext.Parse(Mutator.Mutate(random.Pick<byte[]>(Contexts), random));
        var again = RoomContext.Parse(context.ToJson());
        Assert.AreEqual(context.RoomName, again.RoomName);
        Assert.AreEqual(context.Urls?.Count, again.Urls?.Count);
        Assert.AreEqual(context.AdditionalMembers?.Count, again.AdditionalMembers?.Count);
    });

    [TestMethod]
    public void Links_are_read_or_refused_whatever_comes() => FuzzRun.Run(Inputs, static random =>
    {
        using var link = RoomLink.Parse(Encoding.Latin1.GetString(Mutator.Mutate(random.Pick<byte[]>(Links), random)));
        using var again = RoomLink.Parse(link.ToLink());
        Assert.AreEqual(link.RoomToken, again.RoomToken);
        Assert.AreEqual(link.Key is null, again.Key is null);
        Assert.AreEqual(link.Key is null ? null : RoomKeyText.Write(link.Key), again.Key is null ? null : RoomKeyText.Write(again.Key));
    });

    [TestMethod]
    public void Wrapped_keys_are_unwrapped_or_refused_whatever_comes()
    {
        using var owner = OwnerKey.Import(VectorFile.Hex(Vectors.Owner.Key));
        FuzzRun.Run(Inputs, random =>
        {
            // Member keys are checked on the curve, which takes a thousand times as long.
            var which = random.Chance(2) ? Wrapped.Length - 1 : random.Next(Wrapped.Length - 1);
            var text = Encoding.Latin1.GetString(Mutator.Mutate(Wrapped[which], random));
            using var key = Vectors.Wrapped[which].Kind == "room"
                ? (IDisposable)owner.Unwrap(Vectors.Wrapped[which].Room, EnvelopeAlgorithm.LoopV2, text)
                : owner.UnwrapMember(Vectors.Wrapped[which].Room, text);
        });
    }

    [TestMethod]
    public void Original_texts_are_opened_or_refused_whatever_comes()
    {
        var vector = VectorFile.AesGcm.Texts[1];
        using var key = RoomKeyText.TryReadAesGcm(vector.Key)!;
        var value = Encoding.ASCII.GetBytes(vector.Value);
        FuzzRun.Run(Inputs, random => Assert.AreEqual(vector.Text, AesGcmEnvelope.Open(key, Encoding.Latin1.GetString(Mutator.Mutate(value, random)))));
    }

    [TestMethod]
    public void Original_encoding_is_read_or_refused_whatever_comes() => FuzzRun.Run(Inputs, static random =>
    {
        var bytes = Mutator.Mutate([(byte)'a', 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, 0xF0, 0x9F, 0x98, 0x80], random);
        var characters = new char[bytes.Length];
        if (!Cesu8.TryDecode(bytes, characters, out var length))
        {
            throw CryptographyErrors.InvalidEnvelope("what was encrypted is no text");
        }

        // No half pairs come out.
        Assert.AreEqual(length, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(characters, 0, length)).Length);
        Assert.DoesNotContain('\uFFFD', new string(characters, 0, length).Replace("\uFFFD", bytes.AsSpan().IndexOf<byte>([0xEF, 0xBF, 0xBD]) >= 0 ? "" : "\uFFFD", StringComparison.Ordinal));
    });

    [TestMethod]
    public void Announcements_are_read_or_refused_whatever_comes()
    {
        using var ada = Vectors.MemberKey("ada");
        var sound = MemberAnnouncement.Write(ada.Identity, "Ada");
        FuzzRun.Run(Inputs / 4, random => MemberAnnouncement.Parse(Mutator.Mutate(sound, random)).Identity.Dispose());
    }

    [TestMethod]
    public void Rotated_keys_are_opened_or_refused_whatever_comes()
    {
        using var bob = Vectors.MemberKey(Vectors.Rotation.Recipient);
        var sound = VectorFile.Hex(Vectors.Rotation.Content);
        FuzzRun.Run(Inputs / 4, random => RotationKey.Open(Vectors.Rotation.Room, 2, Mutator.Mutate(sound, random), bob).Dispose());
    }
}
