using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class ParticipantConformance : StorageConformance
{
    [TestMethod]
    public async Task Join_keeps_a_seat_for_the_owner()
    {
        await CreateAsync(maxSize: 2);
        Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("bob")).Outcome);
        var full = await JoinAsync("cyd");
        Assert.AreEqual(JoinOutcome.Full, full.Outcome);
        Assert.IsNull(full.Participant);
        Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("ada")).Outcome);
        Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("ada", "s2")).Outcome);
    }

    [TestMethod]
    public async Task Join_never_exceeds_the_room_when_many_join_at_once()
    {
        await CreateAsync(maxSize: 8);
        var joins = await Task.WhenAll(Enumerable.Range(0, 50).Select(index => Task.Run(() => JoinAsync($"guest{index}"))));
        Assert.AreEqual(7, joins.Count(static join => join.Outcome is JoinOutcome.Joined));
        Assert.HasCount(7, await Store.Participants.ListAsync("r1", Samples.Now, None));
        Assert.AreEqual(8, (await Store.Rooms.GetAsync("r1", None))!.Offset);
    }

    [TestMethod]
    public async Task Join_respects_every_clients_own_size()
    {
        await CreateAsync(maxSize: 5);
        await JoinAsync("ada", clientMaxSize: 2);
        Assert.AreEqual(JoinOutcome.TooManyForClient, (await JoinAsync("bob", clientMaxSize: 1)).Outcome);
        Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("bob")).Outcome);
        Assert.AreEqual(JoinOutcome.Full, (await JoinAsync("cyd")).Outcome);
    }

    [TestMethod]
    public async Task Join_is_bounded_for_the_devices_of_one_user()
    {
        await CreateAsync();
        for (var device = 0; device <= RoomStorageLimits.MaxDevices; device++)
        {
            Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("bob", $"s{device}")).Outcome);
        }

        Assert.AreEqual(JoinOutcome.Full, (await JoinAsync("bob", "more")).Outcome);
        var again = await Store.Participants.JoinAsync(Samples.Join("bob", "s1") with { Id = "again" }, Samples.Now, None);
        Assert.AreEqual((JoinOutcome.Joined, "bob-s1-2000"), (again.Outcome, again.Replaced));
    }

    [TestMethod]
    public async Task Join_is_refused_when_locked_unless_already_in()
    {
        await CreateAsync();
        await JoinAsync("bob");
        await Store.Rooms.UpdateAsync("r1", new RoomUpdate { Locked = true }, Samples.Now, None);
        Assert.AreEqual(JoinOutcome.Locked, (await JoinAsync("cyd")).Outcome);
        Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("bob", "s2")).Outcome);
        Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("ada")).Outcome);
    }

    [TestMethod]
    public async Task Join_replaces_the_participation_when_it_is_the_same_session()
    {
        await CreateAsync(maxSize: 2);
        await JoinAsync("bob");
        var again = await Store.Participants.JoinAsync(Samples.Join("bob") with { Id = "new", ExtendRoomTo = Samples.Later * 2 }, Samples.Now, None);
        Assert.AreEqual((JoinOutcome.Joined, "bob-s1-2000"), (again.Outcome, again.Replaced));
        Assert.AreEqual(Samples.Later * 2, again.Room!.ExpiresAt);
        Assert.AreEqual(1, again.Room.Version);
        Assert.AreEqual("new", (await Store.Participants.ListAsync("r1", Samples.Now, None)).Single().Id);
    }

    [TestMethod]
    public async Task Join_tells_who_is_in_the_room_as_the_room_does()
    {
        await CreateAsync(maxSize: 8);
        await JoinAsync("bob", expiresAt: 1500);
        await JoinAsync("cyd");
        await JoinAsync("dan");
        var again = await Store.Participants.JoinAsync(Samples.Join("cyd") with { Id = "a-new-one" }, 1600, None);
        CollectionAssert.AreEqual((string[])["dan-s1-2000", "a-new-one"], again.Present.Select(static participant => participant.Id).ToArray());
        var (room, present) = (await Store.Rooms.GetOccupiedAsync("r1", 1600, None))!;
        Assert.AreEqual(again.Room, room);
        CollectionAssert.AreEqual(again.Present.ToArray(), present.ToArray());
        CollectionAssert.AreEqual(again.Present.ToArray(), (await Store.Participants.ListAsync("r1", 1600, None)).ToArray());
        Assert.IsEmpty((await JoinAsync("eve", clientMaxSize: 2)).Present);
        Assert.IsNull(await Store.Rooms.GetOccupiedAsync("nowhere", Samples.Now, None));
    }

    [TestMethod]
    public async Task Join_is_refused_when_its_announcement_is_of_another_epoch()
    {
        await CreateAsync();
        var member = new MemberRecord("r1", 7, "m1", "bob", 1, new byte[8]);
        Assert.AreEqual(JoinOutcome.StaleEpoch, (await Store.Participants.JoinAsync(Samples.Join("bob") with { Announcement = member }, Samples.Now, None)).Outcome);
        Assert.IsEmpty(await Store.Participants.ListAsync("r1", Samples.Now, None));
    }

    [TestMethod]
    public async Task Join_takes_the_seats_of_those_who_have_expired()
    {
        await CreateAsync(maxSize: 2);
        await JoinAsync("bob", expiresAt: 1500);
        var join = Samples.Join("cyd", expiresAt: 3000);
        Assert.AreEqual(JoinOutcome.Full, (await Store.Participants.JoinAsync(join, 1499, None)).Outcome);
        Assert.AreEqual(JoinOutcome.Joined, (await Store.Participants.JoinAsync(join, 1500, None)).Outcome);
        Assert.AreEqual(JoinOutcome.Conflict, (await Store.Participants.JoinAsync(join with { Session = "other" }, 1500, None)).Outcome);
        Assert.AreEqual(JoinOutcome.NotFound, (await Store.Participants.JoinAsync(join, Samples.Later, None)).Outcome);
        Assert.AreEqual(JoinOutcome.NotFound, (await Store.Participants.JoinAsync(join with { Room = "none" }, 1500, None)).Outcome);
    }

    [TestMethod]
    public async Task Refresh_prolongs_without_a_change_of_the_room()
    {
        await CreateAsync();
        var joined = await JoinAsync("bob", expiresAt: 1500);
        var id = joined.Participant!.Id;
        Assert.AreEqual(ParticipantOutcome.Done, await Store.Participants.RefreshAsync("r1", id, 1800, 1400, None));
        Assert.AreEqual(1800, (await Store.Participants.ListAsync("r1", 1799, None)).Single().ExpiresAt);
        Assert.AreEqual(ParticipantOutcome.Expired, await Store.Participants.RefreshAsync("r1", id, 3000, 1800, None));
        Assert.AreEqual(ParticipantOutcome.NotFound, await Store.Participants.RefreshAsync("r1", "none", 3000, 1800, None));
        Assert.AreEqual(joined.Room, await Store.Rooms.GetAsync("r1", None));
    }

    [TestMethod]
    public async Task Guest_comes_with_a_credential_that_lives_as_long_as_the_participation()
    {
        await CreateAsync(maxSize: 2);
        var guest = new GuestRecord("r1", "g1", new byte[32], Samples.Now, 2000);
        var join = Samples.Join(guest.User) with { Guest = guest };
        Assert.AreEqual(JoinOutcome.Joined, (await Store.Participants.JoinAsync(join, Samples.Now, None)).Outcome);
        Assert.IsNotNull(await Store.Members.GetGuestAsync("r1", "g1", 1999, None));
        await Store.Participants.RefreshAsync("r1", join.Id, 2500, 1900, None);
        Assert.IsNotNull(await Store.Members.GetGuestAsync("r1", "g1", 2499, None));

        var full = Samples.Join("guest:g2", "s2") with { Guest = guest with { Id = "g2" } };
        Assert.AreEqual(JoinOutcome.Full, (await Store.Participants.JoinAsync(full, Samples.Now, None)).Outcome);
        Assert.IsNull(await Store.Members.GetGuestAsync("r1", "g2", Samples.Now, None));
        await RefusedAsync(() => Store.Participants.JoinAsync(join with { User = "eve" }, Samples.Now, None));
    }

    [TestMethod]
    public async Task Join_announces_the_member_or_does_nothing()
    {
        await CreateAsync();
        var member = new MemberRecord("r1", 1, "m1", "bob", 2, new byte[] { 1 });
        var joined = await Store.Participants.JoinAsync(Samples.Join("bob") with { Announcement = member }, Samples.Now, None);
        Assert.AreEqual((JoinOutcome.Joined, "m1"), (joined.Outcome, joined.Participant!.Member));
        Assert.AreEqual(2, (await Store.Members.FindAsync("r1", "m1", None))!.Version);

        var taken = await Store.Participants.JoinAsync(Samples.Join("eve") with { Announcement = member with { User = "eve", Version = 3 } }, Samples.Now, None);
        Assert.AreEqual(JoinOutcome.MemberTaken, taken.Outcome);
        var stale = await Store.Participants.JoinAsync(Samples.Join("bob", "s2") with { Announcement = member with { Version = 1 } }, Samples.Now, None);
        Assert.AreEqual(JoinOutcome.MemberStale, stale.Outcome);
        Assert.HasCount(1, await Store.Participants.ListAsync("r1", Samples.Now, None));
    }

    [TestMethod]
    public async Task Removed_user_is_gone_with_everything_and_stays_out_when_barred()
    {
        await CreateAsync(maxSize: 4);
        await Store.Members.PutGuestAsync(new GuestRecord("r1", "g1", new byte[32], 1, Samples.Later), None);
        await JoinAsync("guest:g1");
        await JoinAsync("guest:g1", "s2");
        await JoinAsync("bob");
        var removed = await Store.Participants.RemoveUserAsync("r1", "guest:g1", bar: false, 1600, None);
        Assert.HasCount(2, removed);
        Assert.IsNull(await Store.Members.GetGuestAsync("r1", "g1", Samples.Now, None));
        Assert.AreEqual((5L, 1600L), ((await Store.Rooms.GetAsync("r1", None))!.Offset, (await Store.Rooms.GetAsync("r1", None))!.UpdatedAt));
        Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("guest:g1")).Outcome);

        await Store.Participants.RemoveUserAsync("r1", "bob", bar: true, 1700, None);
        Assert.AreEqual(JoinOutcome.Barred, (await JoinAsync("bob")).Outcome);
        Assert.AreEqual(1, await Store.Participants.PardonAsync("r1", None));
        Assert.AreEqual(JoinOutcome.Joined, (await JoinAsync("bob")).Outcome);
        Assert.HasCount(0, await Store.Participants.RemoveUserAsync("none", "bob", bar: true, 1700, None));
    }

    [TestMethod]
    public async Task Leave_frees_the_seat_once()
    {
        await CreateAsync();
        var id = (await JoinAsync("bob")).Participant!.Id;
        Assert.AreEqual("bob", (await Store.Participants.LeaveAsync("r1", id, 1600, None))!.User);
        Assert.IsNull(await Store.Participants.LeaveAsync("r1", id, 1700, None));
        var room = (await Store.Rooms.GetAsync("r1", None))!;
        Assert.AreEqual((3L, 1600L), (room.Offset, room.UpdatedAt));
    }
}
