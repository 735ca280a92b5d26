using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class RoomConformance : StorageConformance
{
    [TestMethod]
    public async Task Room_is_read_as_written_when_created()
    {
        var created = await CreateAsync();
        Assert.AreEqual(RoomOutcome.Done, created.Outcome);
        Assert.AreEqual(RoomEdits.Create(Samples.Room(), offset: 1), created.Room);
        Assert.AreEqual(created.Room, await Store.Rooms.GetAsync("r1", None));
        Assert.IsNull(await Store.Rooms.GetAsync("r2", None));
    }

    [TestMethod]
    public async Task Create_conflicts_when_the_token_is_taken()
    {
        await CreateAsync();
        var second = await CreateAsync(owner: "eve");
        Assert.AreEqual(RoomOutcome.Conflict, second.Outcome);
        Assert.AreEqual("ada", second.Room!.Owner);
        Assert.AreEqual(0, (await Store.Rooms.ListAsync("eve", 0, 10, None)).Offset);
    }

    [TestMethod]
    public async Task Update_changes_only_what_is_given_when_the_version_fits()
    {
        var before = (await CreateAsync()).Room!;
        var updated = await Store.Rooms.UpdateAsync("r1", new RoomUpdate { ExpectedVersion = 1, Locked = true, OwnerName = "", RoomName = "Plans" }, 1500, None);
        Assert.AreEqual(RoomOutcome.Done, updated.Outcome);
        Assert.AreEqual(before with { Locked = true, OwnerName = null, RoomName = "Plans", Version = 2, Offset = 2, UpdatedAt = 1500 }, updated.Room);
        Assert.AreEqual(updated.Room, await Store.Rooms.GetAsync("r1", None));
    }

    [TestMethod]
    public async Task Update_conflicts_when_the_version_or_the_context_is_old()
    {
        await CreateAsync();
        var first = await Store.Rooms.UpdateAsync("r1", new RoomUpdate { Context = Samples.Context(5) }, 1500, None);
        var stale = await Store.Rooms.UpdateAsync("r1", new RoomUpdate { ExpectedVersion = 1, MaxSize = 9 }, 1600, None);
        var rollback = await Store.Rooms.UpdateAsync("r1", new RoomUpdate { Context = Samples.Context(5) }, 1600, None);
        Assert.AreEqual(RoomOutcome.Conflict, stale.Outcome);
        Assert.AreEqual(RoomOutcome.Conflict, rollback.Outcome);
        Assert.AreEqual(first.Room, rollback.Room);
        Assert.AreEqual(RoomOutcome.NotFound, (await Store.Rooms.UpdateAsync("none", new RoomUpdate(), 1600, None)).Outcome);
    }

    [TestMethod]
    public async Task Rotation_keeps_everything_or_nothing_when_it_follows_or_does_not()
    {
        await CreateAsync();
        await JoinAsync("bob");
        await Store.Members.PutGuestAsync(new GuestRecord("r1", "g1", new byte[32], 1, Samples.Later), None);
        var rotation = Samples.Rotation(2, "m1", "m2") with { RemovedUsers = ["guest:g1", "bob"], Bar = true };

        Assert.AreEqual(RoomOutcome.Conflict, (await Store.Rooms.RotateAsync("r1", rotation with { ExpectedVersion = 7 }, 1500, None)).Outcome);
        Assert.AreEqual(RoomOutcome.Conflict, (await Store.Rooms.RotateAsync("r1", Samples.Rotation(3, "m1"), 1500, None)).Outcome);
        Assert.HasCount(0, await Store.Members.ListNoticesAsync("r1", "m1", 0, None));

        var rotated = await Store.Rooms.RotateAsync("r1", rotation with { ExpectedVersion = 1 }, 1500, None);
        Assert.AreEqual(RoomOutcome.Done, rotated.Outcome);
        Assert.AreEqual((2, "wrapped-2", Samples.Context(2)), (rotated.Room!.Epoch, rotated.Room.WrappedKey, rotated.Room.Context));
        Assert.HasCount(1, await Store.Members.ListNoticesAsync("r1", "m2", 1, None));
        Assert.HasCount(0, await Store.Participants.ListAsync("r1", Samples.Now, None));
        Assert.IsNull(await Store.Members.GetGuestAsync("r1", "g1", Samples.Now, None));
        Assert.AreEqual(JoinOutcome.Barred, (await JoinAsync("bob")).Outcome);
    }

    [TestMethod]
    public async Task Owner_has_no_more_rooms_than_allowed()
    {
        var room = Samples.Room() with { OwnerLimit = 2 };
        Assert.AreEqual(RoomOutcome.Done, (await Store.Rooms.CreateAsync(room, None)).Outcome);
        Assert.AreEqual(RoomOutcome.Done, (await Store.Rooms.CreateAsync(room with { Token = "r2" }, None)).Outcome);
        Assert.AreEqual(RoomOutcome.TooMany, (await Store.Rooms.CreateAsync(room with { Token = "r3" }, None)).Outcome);
        Assert.AreEqual(RoomOutcome.Conflict, (await Store.Rooms.CreateAsync(room, None)).Outcome);
        Assert.AreEqual(RoomOutcome.Done, (await Store.Rooms.CreateAsync(room with { Token = "r3", Owner = "eve" }, None)).Outcome);
        var transfer = new RoomTransfer { Owner = "ada", OwnerLimit = 2 };
        Assert.AreEqual((RoomOutcome.TooMany, "eve"), await OutcomeAsync(Store.Rooms.TransferAsync("r3", transfer, 1500, None)));
        Assert.AreEqual((RoomOutcome.Done, "ada"), await OutcomeAsync(Store.Rooms.TransferAsync("r3", transfer with { OwnerLimit = 3 }, 1500, None)));
    }

    [TestMethod]
    public async Task Expiry_stays_when_it_is_fixed()
    {
        await Store.Rooms.CreateAsync(Samples.Room() with { FixedExpiry = true }, None);
        var join = Samples.Join("bob") with { ExtendRoomTo = Samples.Later * 2 };
        Assert.AreEqual(Samples.Later, (await Store.Participants.JoinAsync(join, Samples.Now, None)).Room!.ExpiresAt);
        await Store.Rooms.UpdateAsync("r1", new RoomUpdate { FixedExpiry = false }, Samples.Now, None);
        Assert.AreEqual(Samples.Later * 2, (await Store.Participants.JoinAsync(join, Samples.Now, None)).Room!.ExpiresAt);
    }

    private static async Task<(RoomOutcome Outcome, string? Owner)> OutcomeAsync(Task<RoomResult> task)
    {
        var result = await task;
        return (result.Outcome, result.Room?.Owner);
    }

    [TestMethod]
    public async Task Transfer_moves_the_room_between_feeds()
    {
        await CreateAsync();
        var moved = await Store.Rooms.TransferAsync("r1", new RoomTransfer { Owner = "bob", WrappedKey = "wrapped-bob" }, 1500, None);
        Assert.AreEqual(("bob", "wrapped-bob", 1L), (moved.Room!.Owner, moved.Room.WrappedKey, moved.Room.Offset));
        var left = await Store.Rooms.ListAsync("ada", 1, 10, None);
        Assert.IsNull(left.Items.Single().Room);
        Assert.HasCount(0, (await Store.Rooms.ListAsync("ada", 0, 10, None)).Items);
        Assert.AreEqual(moved.Room, (await Store.Rooms.ListAsync("bob", 0, 10, None)).Items.Single().Room);
    }

    [TestMethod]
    public async Task Delete_removes_everything_in_the_rooms_of_the_owner_only()
    {
        await CreateAsync();
        await CreateAsync("r2", "eve");
        await JoinAsync("bob");
        await Store.Timelines.AppendAsync(Samples.Entry("k1"), Samples.Now, None);
        await Store.Members.AnnounceAsync(new MemberRecord("r1", 1, "m1", "bob", 1, new byte[] { 1 }), null, Samples.Now, None);
        var deleted = await Store.Rooms.DeleteAsync("ada", ["r1", "r2", "none", "r1"], 1500, None);
        Assert.AreEqual("r1", string.Join(',', deleted));
        await CreateAsync();
        Assert.HasCount(0, await Store.Participants.ListAsync("r1", Samples.Now, None));
        Assert.HasCount(0, await Store.Members.ListAsync("r1", 1, None));
        Assert.AreEqual(0, (await Store.Timelines.ReadChangesAsync("r1", 0, 10, None))!.Head);
    }

    [TestMethod]
    public async Task List_gives_changes_and_tombstones_in_order_when_asked_since_an_offset()
    {
        await CreateAsync("r1");
        await CreateAsync("r2");
        await CreateAsync("r3");
        await Store.Rooms.DeleteAsync("ada", ["r2"], 1500, None);
        await JoinAsync("bob");
        var all = await Store.Rooms.ListAsync("ada", 0, 1, None);
        Assert.AreEqual("3:r3 5:r1", string.Join(' ', all.Items.Select(static item => $"{item.Offset}:{item.Token}")));
        Assert.AreEqual("bob", all.Items[1].Participants.Single().User);

        var page = await Store.Rooms.ListAsync("ada", 2, 2, None);
        Assert.AreEqual("3:r3 4:r2", string.Join(' ', page.Items.Select(static item => $"{item.Offset}:{item.Token}")));
        Assert.IsTrue(page.More && page.Items[1].Room is null && page.Offset == 4);
        var rest = await Store.Rooms.ListAsync("ada", page.Offset, 2, None);
        Assert.AreEqual(("r1", false, 5L), (rest.Items.Single().Token, rest.More, rest.Offset));
        Assert.HasCount(0, (await Store.Rooms.ListAsync("ada", 5, 2, None)).Items);
    }

    [TestMethod]
    public async Task List_asks_for_a_snapshot_when_the_offset_is_too_old_or_unknown()
    {
        await CreateAsync("r1");
        await CreateAsync("r2");
        await Store.Rooms.DeleteAsync("ada", ["r1"], 1500, None);
        Assert.AreEqual(1, (await Store.Rooms.SweepAsync(new RoomSweep { Now = 2000, TombstonesBefore = 1501 }, None)).Tombstones);
        Assert.IsTrue((await Store.Rooms.ListAsync("ada", 2, 10, None)).SnapshotNeeded);
        Assert.IsFalse((await Store.Rooms.ListAsync("ada", 3, 10, None)).SnapshotNeeded);
        Assert.IsTrue((await Store.Rooms.ListAsync("ada", 4, 10, None)).SnapshotNeeded);
        Assert.AreEqual("r2", (await Store.Rooms.ListAsync("ada", 0, 10, None)).Items.Single().Token);
    }

    [TestMethod]
    public async Task Sweep_keeps_the_newest_tombstones_when_there_are_too_many()
    {
        string[] tokens = ["r1", "r2", "r3"];
        foreach (var token in tokens)
        {
            await CreateAsync(token);
        }

        await Store.Rooms.DeleteAsync("ada", tokens, 1500, None);
        Assert.AreEqual(2, (await Store.Rooms.SweepAsync(new RoomSweep { Now = 2000, TombstonesBefore = 0, MaxTombstones = 1 }, None)).Tombstones);
        Assert.IsTrue((await Store.Rooms.ListAsync("ada", 4, 10, None)).SnapshotNeeded);
        Assert.AreEqual("r3", (await Store.Rooms.ListAsync("ada", 5, 10, None)).Items.Single().Token);
    }

    [TestMethod]
    public async Task Sweep_removes_what_has_expired_and_nothing_else()
    {
        await CreateAsync("r1");
        await Store.Rooms.CreateAsync(Samples.Room("r2") with { ExpiresAt = 1800 }, None);
        await JoinAsync("bob", expiresAt: 1700);
        await JoinAsync("cyd", expiresAt: 5000);
        var swept = await Store.Rooms.SweepAsync(new RoomSweep { Now = 1800, TombstonesBefore = 0 }, None);
        Assert.AreEqual("r2", swept.Rooms.Single().Token);
        Assert.AreEqual("bob", swept.Participants.Single().User);
        Assert.IsFalse(swept.More);
        Assert.AreEqual("cyd", (await Store.Participants.ListAsync("r1", Samples.Now, None)).Single().User);
        Assert.AreEqual(1800, (await Store.Rooms.GetAsync("r1", None))!.UpdatedAt);
        Assert.HasCount(2, (await Store.Rooms.ListAsync("ada", 4, 10, None)).Items);
    }

    [TestMethod]
    public async Task Records_are_refused_when_malformed_or_too_long()
    {
        string[] bad = ["", "a\0b", "\ud83d", "\ude00\ud83d", new('x', RoomStorageLimits.MaxId + 1)];
        foreach (var text in bad)
        {
            await RefusedAsync(() => Store.Rooms.CreateAsync(Samples.Room(text), None));
            await RefusedAsync(() => Store.Rooms.GetAsync(text, None));
        }

        await RefusedAsync(() => CreateAsync(maxSize: 0));
        await RefusedAsync(() => Store.Rooms.CreateAsync(Samples.Room() with { WrappedKey = new string('x', RoomStorageLimits.MaxContext + 1) }, None));
        await RefusedAsync(() => Store.Rooms.CreateAsync(Samples.Room() with { ExpiresAt = -1 }, None));
        await RefusedAsync(() => Store.Rooms.ListAsync("ada", 0, 0, None));
        await RefusedAsync(() => Store.Rooms.RotateAsync("r1", Samples.Rotation(2, "m1", "m1"), 1, None));
        await RefusedAsync(() => Store.Rooms.UpdateAsync("r1", new RoomUpdate { Context = Samples.Context(0) }, 1, None));
        Assert.HasCount(0, (await Store.Rooms.ListAsync("ada", 0, 10, None)).Items);
    }

    [TestMethod]
    public async Task Texts_come_back_unchanged_when_hostile()
    {
        var name = "'; DROP TABLE rooms; --\u202e\ufeff\U0001F600\r\n%_\"";
        await Store.Rooms.CreateAsync(Samples.Room(name, name) with { RoomName = name, Context = new SealedContext(name, name, 1, name) }, None);
        var read = (await Store.Rooms.ListAsync(name, 0, 10, None)).Items.Single().Room!;
        Assert.AreEqual((name, name, name, name), (read.Token, read.Owner, read.RoomName, read.Context!.Value));
    }

    [TestMethod]
    public async Task Epoch_is_the_same_when_asked_twice() =>
        Assert.AreEqual(await Store.Rooms.GetEpochAsync(None), (await Store.Rooms.ListAsync("ada", 0, 1, None)).Epoch);

    [TestMethod]
    public async Task Rooms_that_are_gone_are_listed_from_a_time_on()
    {
        foreach (var (token, time) in new[] { ("g1", 100L), ("g2", 200L), ("g3", 300L) })
        {
            await CreateAsync(token, "eve");
            await Store.Rooms.DeleteAsync("eve", [token], time, None);
        }

        Assert.AreEqual("g1 g2 g3", string.Join(' ', await Store.Rooms.ListGoneAsync("eve", 0, 10, None)));
        Assert.AreEqual("g2 g3", string.Join(' ', await Store.Rooms.ListGoneAsync("eve", 200, 10, None)));
        Assert.AreEqual("g3", string.Join(' ', await Store.Rooms.ListGoneAsync("eve", 0, 1, None)));
        Assert.IsEmpty(await Store.Rooms.ListGoneAsync("nobody", 0, 10, None));
        await RefusedAsync(() => Store.Rooms.ListGoneAsync("eve", 0, 0, None));
    }
}
