using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class TimelineTests
{
    [TestMethod]
    public async Task Entries_are_seen_as_they_are_added_edited_and_deleted()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob, token) = await EnterAsync(world);
        await using var changes = ada.Changes(token);
        await changes.ReadyAsync();
        var first = await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1"));
        Assert.AreEqual((1L, 26, 1L, world.Clock.GetUtcNow(), false), (first.Sequence, first.Id.Length, first.Version, first.CreatedAt, first.AlreadyDone));
        await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k2") with { ReplyTo = 1, Kind = "page" });
        await changes.UntilAsync(static state => state.Keys == "k1 k2");
        Assert.AreEqual(("m-bob", "page", 1L), (changes.State.Entries[2].Author, changes.State.Entries[2].Kind, changes.State.Entries[2].ReplyTo));

        var edited = await bob.Timeline.EditAsync(new EditEntry { Token = token, Sequence = 1, Version = 2, Envelope = new byte[] { 9 } });
        Assert.AreEqual((2L, first.Id), (edited.Version, edited.Id));
        await changes.UntilAsync(static state => state.Entries[1] is { Version: 2, EditedAt: not null } entry && entry.Envelope.Span[0] == 9);
        await bob.Timeline.DeleteAsync(new EntryRef(token, 1));
        await changes.UntilAsync(static state => state.Keys == "(k1) k2" && state.Entries[1].Envelope.IsEmpty);
        Assert.IsTrue((await bob.Timeline.DeleteAsync(new EntryRef(token, 1))).AlreadyDone);
        Assert.AreEqual(1, changes.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task Entry_is_added_once_when_it_is_sent_again()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (_, bob, token) = await EnterAsync(world);
        var first = await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1"));
        var again = await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1"));
        Assert.AreEqual(first with { AlreadyDone = true }, again);
        Assert.AreEqual(1, (await bob.Timeline.PageAsync(new PageQuery { Token = token })).Last);
    }

    [TestMethod]
    public async Task Entries_are_written_under_ones_own_name_only()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob, token) = await EnterAsync(world);
        var eve = world.User("eve");
        await eve.JoinAsync(token);
        Assert.AreEqual(ErrorCodes.MemberTaken, await eve.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1")).CodeAsync());
        Assert.AreEqual(ErrorCodes.MemberTaken, await eve.Timeline.AppendAsync(Sealed.Entry(token, "m-eve", "k1")).CodeAsync());
        await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1"));
        Assert.AreEqual(ErrorCodes.MemberTaken, await eve.Timeline.EditAsync(new EditEntry { Token = token, Sequence = 1, Version = 2, Envelope = new byte[] { 1 } }).CodeAsync());
        Assert.AreEqual(ErrorCodes.MemberTaken, await ada.Timeline.EditAsync(new EditEntry { Token = token, Sequence = 1, Version = 2, Envelope = new byte[] { 1 } }).CodeAsync());
        Assert.AreEqual(ErrorCodes.MemberTaken, await eve.Timeline.DeleteAsync(new EntryRef(token, 1)).CodeAsync());
        Assert.AreEqual(2, (await ada.Timeline.DeleteAsync(new EntryRef(token, 1))).Version);
    }

    [TestMethod]
    public async Task Owner_writes_without_joining_as_a_member_that_was_announced()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob, token) = await EnterAsync(world);
        Assert.AreEqual(ErrorCodes.MemberTaken, await ada.Timeline.AppendAsync(Sealed.Entry(token, "m-ada", "k1")).CodeAsync());
        await ada.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-ada")));
        await ada.Timeline.AppendAsync(Sealed.Entry(token, "m-ada", "k1"));
        Assert.AreEqual("k1", (await bob.Timeline.PageAsync(new PageQuery { Token = token })).Entries.Single().Key);
    }

    [TestMethod]
    public async Task Strangers_neither_read_nor_write()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (_, bob, token) = await EnterAsync(world);
        await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1"));
        foreach (var stranger in new[] { world.User("eve"), world.User(null) })
        {
            Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k2")).CodeAsync());
            Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.Timeline.EditAsync(new EditEntry { Token = token, Sequence = 1, Version = 2, Envelope = new byte[1] }).CodeAsync());
            Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.Timeline.DeleteAsync(new EntryRef(token, 1)).CodeAsync());
            Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.Timeline.PageAsync(new PageQuery { Token = token }).CodeAsync());
            Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.Timeline.Changes(new RoomRef(token)).SubscribeAsync().CodeAsync());
            Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.Timeline.SignalAsync(Sealed.Signal(token, "typing", 1)).CodeAsync());
            Assert.AreEqual(ErrorCodes.NotParticipant, await stranger.Timeline.SignalsAsync(new RoomRef(token)).CodeAsync());
        }
    }

    [TestMethod]
    public async Task Edit_is_refused_when_the_entry_is_not_as_expected()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (_, bob, token) = await EnterAsync(world);
        await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1"));
        var edit = new EditEntry { Token = token, Sequence = 1, Version = 2, Envelope = new byte[1] };
        Assert.AreEqual(ErrorCodes.EntryConflict, await bob.Timeline.EditAsync(edit with { Version = 3 }).CodeAsync());
        Assert.AreEqual(ErrorCodes.EntryNotFound, await bob.Timeline.EditAsync(edit with { Sequence = 2 }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.EditAsync(edit with { Sequence = 0 }).CodeAsync());
        await bob.Timeline.EditAsync(edit);
        await bob.Timeline.DeleteAsync(new EntryRef(token, 1));
        Assert.AreEqual(ErrorCodes.EntryConflict, await bob.Timeline.EditAsync(edit with { Version = 4 }).CodeAsync());
        Assert.AreEqual(ErrorCodes.EntryNotFound, await bob.Timeline.DeleteAsync(new EntryRef(token, 2)).CodeAsync());
    }

    [TestMethod]
    public async Task Append_is_refused_when_malformed_or_too_large()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxEntry = 256);
        var (_, bob, token) = await EnterAsync(world);
        var entry = Sealed.Entry(token, "m-bob", "k1", length: 256);
        Assert.AreEqual(ErrorCodes.ContentTooLarge, await bob.Timeline.AppendAsync(entry with { Envelope = new byte[257] }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.AppendAsync(entry with { Envelope = default }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.AppendAsync(entry with { Key = "" }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.AppendAsync(entry with { Key = new string('k', 129) }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.AppendAsync(entry with { Kind = "a kind" }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.AppendAsync(entry with { ReplyTo = 0 }).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Timeline.PageAsync(new PageQuery { Token = token, Limit = 501 }).CodeAsync());
        await bob.Timeline.AppendAsync(entry);
    }

    [TestMethod]
    public async Task Pages_lead_back_to_the_beginning()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.TimelinePage = 3);
        var (ada, bob, token) = await EnterAsync(world);
        for (var index = 1; index <= 7; index++)
        {
            await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", $"k{index}"));
        }

        await using var changes = ada.Changes(token);
        await changes.UntilAsync(static state => state.Keys == "k5 k6 k7");
        Assert.IsTrue(changes.State.More);
        var page = await ada.Timeline.PageAsync(new PageQuery { Token = token, Before = 5, Limit = 3 });
        Assert.AreEqual(("2 3 4", true, 1L, 7L), (string.Join(' ', page.Entries.Select(static entry => entry.Sequence)), page.More, page.First, page.Last));
        page = await ada.Timeline.PageAsync(new PageQuery { Token = token, Before = 2, Limit = 3 });
        Assert.AreEqual((1, false), (page.Entries.Count, page.More));
    }

    [TestMethod]
    public async Task Page_is_shorter_when_its_entries_are_large()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxEntry = 1_000_000);
        var (ada, bob, token) = await EnterAsync(world);
        for (var index = 1; index <= 5; index++)
        {
            await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", $"k{index}", length: 300_000));
        }

        var page = await ada.Timeline.PageAsync(new PageQuery { Token = token });
        Assert.AreEqual(("4 5", true), (string.Join(' ', page.Entries.Select(static entry => entry.Sequence)), page.More));
        await using var changes = ada.Changes(token);
        await changes.UntilAsync(static state => state.Keys == "k4 k5");
        await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k6", length: 1_000_000));
        await changes.UntilAsync(static state => state.Keys == "k4 k5 k6");
    }

    [TestMethod]
    public async Task Timeline_goes_on_without_a_gap_after_a_restart()
    {
        using var folder = new SqliteFolder();
        await using var world = await RoomsWorld.StartAsync((_, builder) => builder.UseSqlite(folder.File));
        var (ada, bob, token) = await EnterAsync(world);
        await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1"));
        await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k2"));
        await using var changes = ada.Changes(token);
        await changes.UntilAsync(static state => state.Keys == "k1 k2");

        ada.Link.IsRefusing = true;
        ada.Link.Cut();
        await world.Host.RestartAsync();
        bob = world.User("bob");
        await bob.JoinAsync(token, device: "phone", member: Sealed.Member("m-bob"));
        await bob.Timeline.DeleteAsync(new EntryRef(token, 1));
        for (var index = 3; index <= 100; index++)
        {
            await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", $"k{index}"));
        }

        ada.Link.IsRefusing = false;
        await changes.UntilAsync(static state => state.Entries.Count == 100 && state.Entries[1].Deleted);
        Assert.AreEqual((1, 1), (changes.Count(FeedEventKind.Snapshot), changes.Count(FeedEventKind.Resumed)));
    }

    [TestMethod]
    public async Task Timeline_begins_anew_for_those_who_missed_too_much()
    {
        await using var world = await RoomsWorld.StartAsync(static options => (options.MaxCatchUp, options.TimelinePage) = (10, 5));
        var (ada, bob, token) = await EnterAsync(world);
        await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", "k1"));
        FeedPosition position = default;
        await foreach (var @event in ada.Timeline.Changes(new RoomRef(token)).SubscribeAsync())
        {
            position = @event.Position;
            break;
        }

        await world.Host.RestartAsync();
        bob = world.User("bob");
        await bob.JoinAsync(token, device: "phone", member: Sealed.Member("m-bob"));
        for (var index = 2; index <= 12; index++)
        {
            await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", $"k{index}"));
        }

        await using var events = ada.Timeline.Changes(new RoomRef(token)).SubscribeAsync(position).GetAsyncEnumerator();
        Assert.IsTrue(await events.MoveNextAsync());
        Assert.AreEqual((FeedEventKind.Snapshot, false, 5), (events.Current.Kind, events.Current.Recovered, events.Current.Snapshot.Entries.Count));
    }

    [TestMethod]
    public async Task Oldest_entries_go_when_there_are_too_many()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.TimelineCount = 10);
        var (ada, bob, token) = await EnterAsync(world);
        await using var changes = ada.Changes(token);
        await changes.ReadyAsync();
        for (var index = 1; index <= 65; index++)
        {
            await bob.Timeline.AppendAsync(Sealed.Entry(token, "m-bob", $"k{index}"));
        }

        await changes.UntilAsync(static state => state.First == 55 && state.Entries.Count == 11);
        Assert.AreEqual(ErrorCodes.EntryNotFound, await bob.Timeline.DeleteAsync(new EntryRef(token, 54)).CodeAsync());
    }

    [TestMethod]
    public async Task Everybody_sees_the_same_when_many_write_at_once()
    {
        const int Writers = 10, Each = 40, Readers = 10;
        using var folder = new SqliteFolder();
        await using var world = await RoomsWorld.StartAsync((_, builder) => builder.UseSqlite(folder.File), static options => options.MaxParticipants = Writers + 1);
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var readers = Enumerable.Range(0, Readers).Select(_ => ada.Changes(token)).ToList();
        await Task.WhenAll(readers.Select(static reader => reader.ReadyAsync()));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var user = world.User($"u{writer}");
            await user.JoinAsync(token, member: Sealed.Member($"m{writer}"));
            await Task.WhenAll(Enumerable.Range(0, Each).Select(index => user.Timeline.AppendAsync(Sealed.Entry(token, $"m{writer}", $"{writer}-{index}"))));
        }));
        await Task.WhenAll(readers.Select(static reader => reader.UntilAsync(static state => state.Entries.Count == Writers * Each)));
        Assert.AreEqual(1, readers.Select(static reader => reader.State.Keys).Distinct().Count());
        Assert.IsTrue(readers.All(static reader => reader.Count(FeedEventKind.Snapshot) == 1));
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    private static async Task<(RoomsUser Ada, RoomsUser Bob, string Token)> EnterAsync(RoomsWorld world)
    {
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await bob.JoinAsync(token, device: "phone", member: Sealed.Member("m-bob"));
        return (ada, bob, token);
    }
}
