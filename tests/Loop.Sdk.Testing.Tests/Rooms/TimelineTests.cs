using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class TimelineTests
{
    [TestMethod]
    public async Task Entries_are_edited_by_their_author_and_deleted_by_the_author_or_the_owner()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await bob.Timeline.SayAsync("Helo!");
        await room.Timeline.SayAsync("Hi.");
        await using var heard = room.Timeline.FollowAsync().GetAsyncEnumerator();
        var entries = await heard.TakeAsync(2);

        await bob.Timeline.EditAsync(entries[0], "Hello!");
        var edited = (await heard.TakeAsync(1))[0];
        Assert.AreEqual(("Hello!", 2L, entries[0].Sequence), (edited.ReadChat().Text, edited.Version, edited.Sequence));
        Assert.IsNotNull(edited.EditedAt);
        await Check.FailsAsync(ErrorCodes.EntryConflict, bob.Timeline.EditAsync(entries[0], "Late"));
        await Check.FailsAsync(ErrorCodes.MemberTaken, bob.Timeline.EditAsync(entries[1], "Not mine"));
        await Check.FailsAsync(ErrorCodes.MemberTaken, bob.Timeline.DeleteAsync(entries[1].Sequence));
        await Check.FailsAsync(ErrorCodes.EntryNotFound, bob.Timeline.DeleteAsync(99));

        await room.Timeline.DeleteAsync(edited.Sequence);
        var deleted = (await heard.TakeAsync(1))[0];
        Assert.AreEqual((EntryStatus.Deleted, null, "Bob"), (deleted.Status, deleted.Code, deleted.AuthorName));
        Assert.AreEqual(ErrorCodes.EntryNotFound, Assert.ThrowsExactly<LoopException>(() => deleted.ReadChat()).Code);
        Assert.IsTrue((await bob.Timeline.DeleteAsync(edited.Sequence)).AlreadyDone);
        await Check.FailsAsync(ErrorCodes.EntryConflict, bob.Timeline.EditAsync(edited, "Again"));
        CollectionAssert.AreEqual(new[] { "[deleted]", "Hi." }, await bob.ReadAllAsync());
    }

    [TestMethod]
    public async Task Entries_of_any_kind_answer_others_and_come_once()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await using var heard = bob.Timeline.FollowAsync().GetAsyncEnumerator();

        var receipt = await room.Timeline.AppendAsync(Poll.Kind, new Poll("Where?", ["here", "there"]), PollJson.Default.Poll, new AppendOptions { Key = "poll-1" });
        var again = await room.Timeline.AppendAsync(Poll.Kind, new Poll("Where?", ["here", "there"]), PollJson.Default.Poll, new AppendOptions { Key = "poll-1" });
        var poll = (await heard.TakeAsync(1))[0];
        await bob.Timeline.SayAsync("There.", new AppendOptions { ReplyTo = poll });
        await room.Timeline.ShareAsync(new SharedPage("https://example.com/", "Example"));
        var rest = await heard.TakeAsync(2);

        Assert.IsTrue(again.AlreadyDone);
        Assert.AreEqual(receipt.Sequence, again.Sequence);
        Assert.AreEqual((Poll.Kind, "poll-1", "there"), (poll.Kind, poll.Key, poll.Read(PollJson.Default.Poll).Answers[1]));
        Assert.AreEqual(ErrorCodes.InvalidPayload, Assert.ThrowsExactly<LoopException>(() => poll.ReadChat()).Code);
        Assert.AreEqual((poll.Sequence, room.MemberId, "poll-1"), (rest[0].ReplyTo, rest[0].ReplyToAuthor, rest[0].ReplyToKey));
        Assert.AreEqual("https://example.com/", rest[1].ReadPage().Link!.AbsoluteUri);
    }

    [TestMethod]
    public async Task History_is_read_backwards_to_its_beginning()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        for (var number = 1; number <= 230; number++)
        {
            await room.Timeline.SayAsync($"{number}");
        }

        Check.IsCount(230, [.. (await bob.ReadAllAsync()).Select(int.Parse)]);

        await using var view = bob.Timeline.ToLiveView(new LiveViewOptions { Post = static action => action() });
        var loaded = 0;
        do
        {
            loaded += await view.LoadOlderAsync(100);
        }
        while (view.HasOlder);

        Assert.AreEqual(180, loaded);
        await Eventually.TrueAsync(() => view.Entries.Count == 230);
        Check.IsCount(230, [.. view.Entries.Select(static entry => int.Parse(entry.ReadChat().Text))]);
    }

    [TestMethod]
    public async Task What_is_too_much_goes_the_oldest_first()
    {
        await using var world = await RoomWorld.StartAsync(static server => server.AddRooms(static rooms => rooms.TimelineCount = 10));
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var view = room.Timeline.ToLiveView(new LiveViewOptions { Post = static action => action() });
        for (var number = 1; number <= 65; number++)
        {
            await room.Timeline.SayAsync($"{number}");
        }

        await Eventually.TrueAsync(() => view.First == 55 && view.Entries.Count == 11);

        Assert.AreEqual(55, view.Entries[0].Sequence);
        Assert.IsFalse(view.HasOlder);
        Check.IsCount(11, [.. (await room.ReadAllAsync()).Select(static text => int.Parse(text) - 54)]);
        await Check.FailsAsync(ErrorCodes.EntryNotFound, room.Timeline.DeleteAsync(3));
    }

    [TestMethod]
    public async Task Following_goes_on_across_lost_sessions_without_loss_or_repeat()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        var following = bob.Timeline.FollowAsync().Take(60).Select(static entry => int.Parse(entry.ReadChat().Text)).ToListAsync().AsTask();

        for (var number = 1; number <= 60; number++)
        {
            await room.Timeline.SayAsync($"{number}");
            if (number % 20 == 10)
            {
                await user.LoseSessionAsync(world);
            }
            else if (number % 20 == 0)
            {
                user.Device.Link.Cut();
            }
        }

        Check.IsCount(60, await world.SoonAsync(following));
    }

    [TestMethod]
    public async Task Two_writers_see_one_order()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await using var eve = await (await world.GuestAsync("Eve")).JoinAsync(room);
        Room[] everybody = [room, bob, eve];
        var following = everybody.Select(static member => member.Timeline.FollowAsync().Take(80).Select(static entry => (entry.Sequence, entry.ReadChat().Text)).ToListAsync().AsTask()).ToList();

        await Task.WhenAll(WriteAsync(room, "Ada"), WriteAsync(bob, "Bob"));

        var heard = await Task.WhenAll(following);
        Assert.IsTrue(heard.All(list => list.SequenceEqual(heard[0])));
        Check.IsCount(80, [.. heard[0].Select(static entry => (int)entry.Sequence)]);
        foreach (var name in new[] { "Ada", "Bob" })
        {
            Check.IsCount(40, [.. heard[0].Where(entry => entry.Text.StartsWith(name, StringComparison.Ordinal)).Select(entry => int.Parse(entry.Text[3..]))]);
        }

        static async Task WriteAsync(Room room, string name)
        {
            for (var number = 1; number <= 40; number++)
            {
                await room.Timeline.SayAsync($"{name}{number}");
            }
        }
    }

    [TestMethod]
    public async Task Of_two_edits_at_once_one_wins_and_the_other_is_told()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var one = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var two = await (await world.OwnerAsync()).Rooms.OpenAsync(one.Token);
        await one.Timeline.SayAsync("first");
        var entry = (await one.Timeline.PageAsync()).Entries[0];

        var edits = new[] { (Room: one, Text: "one"), (Room: two, Text: "two") }
            .Select(edit => (edit.Text, Task: edit.Room.Timeline.EditAsync(entry, edit.Text))).ToList();
        await Task.WhenAll(edits.Select(static edit => edit.Task)).ContinueWith(static _ => { }, TaskScheduler.Default);

        var won = edits.Single(static edit => edit.Task.IsCompletedSuccessfully).Text;
        await Check.FailsAsync(ErrorCodes.EntryConflict, edits.Single(static edit => edit.Task.IsFaulted).Task);
        foreach (var room in new[] { one, two })
        {
            CollectionAssert.AreEqual(new[] { won }, await room.ReadAllAsync());
        }
    }
}
