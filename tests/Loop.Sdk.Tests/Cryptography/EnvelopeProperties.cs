using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class EnvelopeProperties : IDisposable
{
    private static readonly EnvelopeField[] Entries = [EnvelopeField.Timeline, EnvelopeField.Signal, EnvelopeField.Signalling];

    private readonly RoomFixture _room = new();

    public void Dispose() => _room.Dispose();

    [TestMethod]
    public void Content_comes_back_when_it_is_sealed_and_opened() =>
        Prop.ForAll<byte[], Guid, byte>((content, item, field) =>
        {
            using var cipher = _room.Cipher();
            var author = field % 2 == 0 ? _room.Ada : _room.Bob;
            var kind = Entries[field % Entries.Length];
            var envelope = cipher.Seal(kind, item.ToString(), 1 + field, content, author);
            return envelope.Length == content.Length + 142
                && cipher.Open(kind, item.ToString(), 1 + field, envelope, author.Identity).Content.Span.SequenceEqual(content);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Envelope_is_refused_when_any_bit_is_flipped() =>
        Prop.ForAll<byte[], uint>((content, place) =>
        {
            using var cipher = _room.Cipher();
            var envelope = cipher.Seal(EnvelopeField.Timeline, "1", 1, content, _room.Ada);
            var bit = (int)(place % (envelope.Length * 8));
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
            return Refusals.TryCodeOf(() => cipher.Open(EnvelopeField.Timeline, "1", 1, envelope, _room.Ada.Identity)) is not null;
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Envelope_is_refused_when_each_of_its_bits_is_flipped()
    {
        using var cipher = _room.Cipher();
        var envelope = cipher.Seal(EnvelopeField.Timeline, "1", 1, "x"u8, _room.Ada);
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsNotNull(Refusals.TryCodeOf(() => cipher.Open(EnvelopeField.Timeline, "1", 1, envelope, _room.Ada.Identity)), $"bit {bit}");
            envelope[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestMethod]
    public void Envelope_is_refused_when_it_is_cut_off_or_longer() =>
        Prop.ForAll<byte[], ushort>((content, cut) =>
        {
            using var cipher = _room.Cipher();
            var envelope = cipher.Seal(EnvelopeField.Timeline, "1", 1, content, _room.Ada);
            return Refusals.TryCodeOf(() => cipher.Open(EnvelopeField.Timeline, "1", 1, envelope.AsSpan(0, cut % envelope.Length), _room.Ada.Identity)) is not null
                && Refusals.TryCodeOf(() => cipher.Open(EnvelopeField.Timeline, "1", 1, [.. envelope, (byte)cut], _room.Ada.Identity)) is ErrorCodes.Tampered;
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Envelope_is_refused_when_anything_it_is_bound_to_is_another() =>
        Prop.ForAll<Place, Place>((made, asked) =>
        {
            using var there = new RoomCipher(made.Room, _room.Key);
            using var here = new RoomCipher(asked.Room, _room.Key);
            var envelope = there.Seal(made.Field, made.Item, made.Version, "content"u8, made.ByAda ? _room.Ada : _room.Bob);
            var code = Refusals.TryCodeOf(() => here.Open(asked.Field, asked.Item, asked.Version, envelope, (asked.ByAda ? _room.Ada : _room.Bob).Identity));
            return code == (made == asked ? null : ErrorCodes.Tampered);
        }).QuickCheckThrowOnFailure();

    /// <summary>Few values each, so that any number of them agree.</summary>
    public sealed record Place(bool InFirstRoom, byte Kind, bool FirstItem, bool FirstVersion, bool ByAda)
    {
        public string Room => InFirstRoom ? "first" : "second";

        public EnvelopeField Field => Entries[Kind % Entries.Length];

        public string Item => FirstItem ? "1" : "11";

        public long Version => FirstVersion ? 1 : 0x1_0000_0000;

        public bool Equals(Place? other) =>
            other is not null && Room == other.Room && Field == other.Field && Item == other.Item && Version == other.Version && ByAda == other.ByAda;

        public override int GetHashCode() => HashCode.Combine(Room, Field, Item, Version, ByAda);
    }
}
