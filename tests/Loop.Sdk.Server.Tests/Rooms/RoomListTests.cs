using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class RoomListTests
{
    [TestMethod]
    public async Task List_follows_rooms_and_who_is_in_them()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await RoomsWorld.CreateAsync(bob);
        var first = (await RoomsWorld.CreateAsync(ada)).Token;
        await using var list = ada.List();
        await list.UntilAsync(state => state.Count == 1 && state.ContainsKey(first));
        var second = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        await list.UntilAsync(state => state.ContainsKey(second) && state.GetValueOrDefault(second)?.WrappedKey == "wrapped-1");
        await bob.JoinAsync(first, "Bob");
        await list.UntilAsync(state => state.GetValueOrDefault(first)?.Participants!.Count == 1);
        await ada.Rooms.UpdateAsync(new UpdateRoom { Token = first, Locked = true });
        await list.UntilAsync(state => state.GetValueOrDefault(first) is { Locked: true, Version: 2 });
        await bob.Client.DisposeAsync();
        await list.UntilAsync(state => state.GetValueOrDefault(first)?.Participants!.Count == 0);
        await ada.Rooms.DeleteAsync(new DeleteRooms([first]));
        await list.UntilAsync(state => state.Count == 1 && state.ContainsKey(second));
        Assert.AreEqual(1, list.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task List_goes_on_without_a_gap_after_a_restart()
    {
        using var folder = new SqliteFolder();
        await using var world = await RoomsWorld.StartAsync((_, builder) => builder.UseSqlite(folder.File));
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var kept = (await RoomsWorld.CreateAsync(ada)).Token;
        var deleted = (await RoomsWorld.CreateAsync(ada)).Token;
        await using var list = ada.List();
        await list.UntilAsync(static state => state.Count == 2);

        // What happens meanwhile, happens while nobody of this owner is there.
        ada.Link.IsRefusing = true;
        ada.Link.Cut();
        await world.Host.RestartAsync();
        await bob.JoinAsync(kept, "Bob");
        var device = world.User("ada");
        await device.Rooms.DeleteAsync(new DeleteRooms([deleted]));
        var added = (await RoomsWorld.CreateAsync(device)).Token;
        Assert.HasCount(2, list.State);
        ada.Link.IsRefusing = false;

        await list.UntilAsync(state => state.ContainsKey(added) && !state.ContainsKey(deleted) && state.GetValueOrDefault(kept)?.Participants!.Count == 1);
        Assert.AreEqual((1, 1), (list.Count(FeedEventKind.Snapshot), list.Count(FeedEventKind.Resumed)));
    }

    [TestMethod]
    public async Task List_begins_anew_when_the_tombstones_are_gone()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.TombstoneLifetime = TimeSpan.FromMinutes(1));
        var ada = world.User("ada");
        var deleted = (await RoomsWorld.CreateAsync(ada)).Token;
        FeedPosition position = default;
        await foreach (var @event in ada.Rooms.List().SubscribeAsync())
        {
            position = @event.Position;
            break;
        }

        // Otherwise what follows is told one by one, as to somebody who never went.
        await world.PassUntilAsync(() => Task.FromResult(world.Core.Owners.Count == 0), ada);
        await RoomsWorld.CreateAsync(ada);
        await ada.Rooms.DeleteAsync(new DeleteRooms([deleted]));
        await using (var events = ada.Rooms.List().SubscribeAsync(position).GetAsyncEnumerator())
        {
            Assert.IsTrue(await events.MoveNextAsync());
            Assert.AreEqual(FeedEventKind.Resumed, events.Current.Kind);
            Assert.IsTrue(await events.MoveNextAsync());
            Assert.AreEqual((1, deleted), (events.Current.Change.Put!.Count, events.Current.Change.Removed!.Single()));
        }

        // And for whom somebody still follows, the server keeps more than the store does.
        await world.PassUntilAsync(async () => world.Core.Owners.Count == 0 && (await world.Storage.Rooms.ListAsync("ada", position.Offset, 10, CancellationToken.None)).SnapshotNeeded, ada);
        await using var late = ada.Rooms.List().SubscribeAsync(position).GetAsyncEnumerator();
        Assert.IsTrue(await late.MoveNextAsync());
        Assert.AreEqual((FeedEventKind.Snapshot, 1), (late.Current.Kind, late.Current.Snapshot.Items.Count));
    }

    [TestMethod]
    public async Task Long_list_comes_in_pieces()
    {
        await using var world = await RoomsWorld.StartAsync(static options => options.MaxRoomsPerOwner = 10_000);
        for (var index = 0; index < 1000; index++)
        {
            var room = Samples.Room($"AAAAAAAAAA{index}", "ada") with { CreatedAt = world.Now, ExpiresAt = world.Now + 1_000_000, Context = new(new string('A', 1000), "loop.v2", 1, null) };
            await world.Storage.Rooms.CreateAsync(room, CancellationToken.None);
        }

        await using var list = world.User("ada").List();
        await list.UntilAsync(static state => state.Count == 1000);
        Assert.AreEqual(1, list.Count(FeedEventKind.Snapshot));
        Assert.IsInRange(5, 20, list.Count(FeedEventKind.Change));
    }

    [TestMethod]
    public async Task Positions_of_other_feeds_are_not_taken_for_ones_own()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await RoomsWorld.CreateAsync(ada);
        await RoomsWorld.CreateAsync(bob);
        FeedPosition position = default;
        await foreach (var @event in ada.Rooms.List().SubscribeAsync())
        {
            position = @event.Position;
            break;
        }

        await using var events = bob.Rooms.List().SubscribeAsync(position).GetAsyncEnumerator();
        Assert.IsTrue(await events.MoveNextAsync());
        Assert.AreEqual(FeedEventKind.Snapshot, events.Current.Kind);
    }
}
