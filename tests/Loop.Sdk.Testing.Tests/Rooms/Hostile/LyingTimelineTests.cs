using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms.Hostile;

[TestClass]
public sealed class LyingTimelineTests
{
    public static IEnumerable<object[]> Changes =>
    [
        ["cut off in the head", ErrorCodes.InvalidEnvelope, Change(static entry => entry with { Envelope = entry.Envelope[..7] })],
        ["cut off at the end", ErrorCodes.Tampered, Change(static entry => entry with { Envelope = entry.Envelope[..^1] })],
        ["made longer", ErrorCodes.Tampered, Change(static entry => entry with { Envelope = (byte[])[.. entry.Envelope.ToArray(), 0] })],
        ["one bit changed", ErrorCodes.Tampered, Change(static entry => entry with { Envelope = Flip(entry.Envelope, entry.Envelope.Length - 20) })],
        ["emptied", ErrorCodes.InvalidEnvelope, Change(static entry => entry with { Envelope = default })],
        ["of an absurd size", ErrorCodes.ContentTooLarge, Change(static entry => entry with { Envelope = (byte[])[.. entry.Envelope.ToArray(), .. new byte[4 << 20]] })],
        ["under another name", ErrorCodes.Tampered, Change(static entry => entry with { Key = "another" })],
        ["as an edit", ErrorCodes.Tampered, Change(static entry => entry with { Version = 2 })],
        ["as something else", ErrorCodes.Tampered, Change(static entry => entry with { Kind = "page" })],
        ["of an impossible version", ErrorCodes.InvalidEnvelope, Change(static entry => entry with { Version = 1L << 60 })],
    ];

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public async Task An_entry_that_was_changed_is_not_shown_and_the_others_are(string how, string code, Func<SealedEntry, SealedEntry> change)
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await room.Timeline.SayAsync("one");
        await room.Timeline.SayAsync("two");
        await using var victim = await Victim.OfAsync(world);
        victim.Timeline.Entries = entries => [.. entries.Select(entry => entry.Sequence == 1 ? change(entry) : entry)];
        await using var joined = await victim.JoinAsync(room);

        var entries = (await joined.Timeline.PageAsync()).Entries;

        Assert.AreEqual((EntryStatus.Unreadable, code), (entries[0].Status, entries[0].Code), how);
        Assert.IsTrue(entries[0].Content.IsEmpty);
        Assert.AreEqual(code, Assert.ThrowsExactly<LoopException>(() => entries[0].ReadChat()).Code);
        Assert.AreEqual("two", entries[1].ReadChat().Text);
        await joined.Timeline.SayAsync("I am still here");
        Assert.AreEqual("I am still here", (await room.ReadAllAsync())[^1]);
    }

    [TestMethod]
    public async Task An_entry_of_another_room_or_author_is_not_shown()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        await using var room = await owner.CreateJoinedAsync();
        await using var other = await owner.CreateJoinedAsync("Other");
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await other.Timeline.SayAsync("said elsewhere");
        await room.Timeline.SayAsync("Ada's");
        var foreign = (await owner.Device.Service<ITimeline>().PageAsync(new PageQuery { Token = other.Token })).Entries[0];
        await using var victim = await Victim.OfAsync(world);
        await using var joined = await victim.JoinAsync(room);

        victim.Timeline.Entries = entries => [foreign with { Author = entries[0].Author }];
        Assert.AreEqual("[wrong_key]", (await joined.ReadAllAsync())[0]);

        victim.Timeline.Entries = entries => [.. entries.Select(entry => entry with { Author = bob.MemberId })];
        Assert.AreEqual("[tampered]", (await joined.ReadAllAsync())[0]);

        victim.Timeline.Entries = entries => [.. entries.Select(entry => entry with { Author = "nobody" })];
        Assert.AreEqual("[unknown_author]", (await joined.ReadAllAsync())[0]);

        victim.Timeline.Entries = static entries => entries;
        Assert.AreEqual("Ada's", (await joined.ReadAllAsync())[0]);
    }

    [TestMethod]
    public async Task A_member_cannot_write_in_the_name_of_another_even_with_the_server()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        using var link = room.CreateLink();
        await room.Timeline.SayAsync("Ada's");

        // Everybody has the key, so that the forger can seal whatever she wants; but she cannot sign for Ada.
        using var cipher = new RoomCipher(link.RoomToken, link.Key!);
        using var forger = MemberKey.Generate();
        await using var victim = await Victim.OfAsync(world);
        victim.Timeline.Entries = entries =>
        [
            .. entries.Select(entry => entry with
            {
                Envelope = cipher.Seal(EnvelopeField.Timeline, entry.Key, entry.Version, """{"kind":"chat","body":{"text":"forged"}}"""u8, forger),
            }),
        ];
        await using var joined = await victim.JoinAsync(room);

        var entry = (await joined.Timeline.PageAsync()).Entries[0];

        Assert.IsTrue(entry.Code is ErrorCodes.ForgedAuthor or ErrorCodes.Tampered, entry.Code);
        Assert.AreEqual(EntryStatus.Unreadable, entry.Status);
    }

    [TestMethod]
    public async Task Entries_that_come_twice_or_in_another_place_are_shown_once()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        for (var number = 1; number <= 3; number++)
        {
            await room.Timeline.SayAsync($"{number}");
        }

        await using var victim = await Victim.OfAsync(world);
        victim.Timeline.Entries = static entries => entries.Count < 3 ? entries : [entries[2], entries[0], entries[0], entries[1], entries[0] with { Sequence = 4 }];
        await using var joined = await victim.JoinAsync(room);

        var page = (await joined.Timeline.PageAsync()).Entries;

        CollectionAssert.AreEqual(new[] { 1L, 2, 3, 4 }, page.Select(static entry => entry.Sequence).ToArray());
        CollectionAssert.AreEqual(new[] { "1", "2", "3" }, page.Take(3).Select(static entry => entry.ReadChat().Text).ToArray());
        Assert.AreEqual(ErrorCodes.StaleVersion, page[3].Code);

        // What is left out is not noticed; what is shown is true.
        victim.Timeline.Entries = static entries => [.. entries.Where(static entry => entry.Sequence != 2)];
        CollectionAssert.AreEqual(new[] { "1", "3" }, await joined.ReadAllAsync());
    }

    [TestMethod]
    public async Task An_earlier_edit_is_not_put_back()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await room.Timeline.SayAsync("Helo");
        await using var victim = await Victim.OfAsync(world);
        IReadOnlyList<SealedEntry>? before = null;
        victim.Timeline.Entries = entries => before ??= entries;
        await using var joined = await victim.JoinAsync(room);
        var entry = (await joined.Timeline.PageAsync()).Entries[0];
        await room.Timeline.EditAsync(entry, "Hello");

        victim.Timeline.Entries = static entries => entries;
        Assert.AreEqual("Hello", (await joined.ReadAllAsync())[0]);
        victim.Timeline.Entries = _ => before!;
        Assert.AreEqual("[stale_version]", (await joined.ReadAllAsync())[0]);
    }

    [TestMethod]
    public async Task Pages_with_holes_or_of_something_else_are_refused()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await room.Timeline.SayAsync("one");
        await room.Timeline.SayAsync("two");
        await using var victim = await Victim.OfAsync(world);
        await using var joined = await victim.JoinAsync(room);

        victim.Timeline.Entries = static _ => [null!];
        await Check.FailsAsync(ErrorCodes.InvalidPayload, joined.Timeline.PageAsync());
        await Check.FailsAsync(ErrorCodes.InvalidPayload, joined.Timeline.FollowAsync().FirstAsync().AsTask());
        victim.Timeline.Entries = static _ => null!;
        await Check.FailsAsync(ErrorCodes.InvalidPayload, joined.Timeline.PageAsync());
        await Check.FailsAsync(ErrorCodes.InvalidPayload, joined.Timeline.FollowAsync().FirstAsync().AsTask());
        victim.Timeline.Entries = static entries => [.. entries.Select(static entry => entry with { Sequence = 2 })];
        await Check.FailsAsync(ErrorCodes.ProtocolError, joined.Timeline.PageAsync(before: 2));

        victim.Timeline.Entries = static entries => entries;
        CollectionAssert.AreEqual(new[] { "one", "two" }, await joined.ReadAllAsync());
    }

    [TestMethod]
    public async Task Signals_are_taken_once_and_unchanged()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var victim = await Victim.OfAsync(world);
        victim.Timeline.Signals = static signal =>
        [
            signal with { Envelope = Flip(signal.Envelope, signal.Envelope.Length - 20) }, signal with { Kind = "read" }, signal with { Version = signal.Version + 1 },
            signal with { Envelope = signal.Envelope[..3] }, signal, signal, null!,
        ];
        await using var joined = await victim.JoinAsync(room);
        var hearing = joined.Timeline.SignalsAsync().Take(6).ToListAsync().AsTask();
        while (!hearing.IsCompleted)
        {
            await room.Timeline.SetTypingAsync(true);
            await Task.Yield();
        }

        var codes = (await hearing).Select(static signal => signal.Code).ToArray();

        CollectionAssert.AreEqual(
            new[] { ErrorCodes.Tampered, ErrorCodes.Tampered, ErrorCodes.Tampered, ErrorCodes.InvalidEnvelope, null, ErrorCodes.StaleVersion }, codes);
        await Check.FailsAsync(ErrorCodes.InvalidPayload, ListenToTheEndAsync(room, joined));
    }

    private static async Task ListenToTheEndAsync(Room room, Room joined)
    {
        var hearing = joined.Timeline.SignalsAsync().ToListAsync().AsTask();
        while (!hearing.IsCompleted)
        {
            await room.Timeline.SetTypingAsync(true);
        }

        await hearing;
    }

    private static Func<SealedEntry, SealedEntry> Change(Func<SealedEntry, SealedEntry> change) => change;

    private static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> envelope, int at)
    {
        var bytes = envelope.ToArray();
        bytes[at] ^= 1;
        return bytes;
    }
}
