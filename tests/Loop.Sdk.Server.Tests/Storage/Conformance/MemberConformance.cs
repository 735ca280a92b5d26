using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class MemberConformance : StorageConformance
{
    [TestMethod]
    public async Task Announcement_gives_way_only_to_a_newer_one_of_its_epoch()
    {
        await CreateAsync();
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 1, version: 2));
        Assert.AreEqual(MemberOutcome.AlreadyDone, await AnnounceAsync(epoch: 1, version: 2));
        Assert.AreEqual(MemberOutcome.Stale, await AnnounceAsync(epoch: 1, version: 2, content: 9));
        Assert.AreEqual(MemberOutcome.Stale, await AnnounceAsync(epoch: 1, version: 1));
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 1, version: 3));
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 2, version: 1));
        Assert.AreEqual(MemberOutcome.NotFound, await AnnounceAsync(epoch: 1, version: 9, room: "none"));
        var member = (await Store.Members.ListAsync("r1", 1, None)).Single();
        Assert.AreEqual((3L, 3), (member.Version, member.Announcement.Span[0]));
        Assert.AreEqual((2, 1L), ((await Store.Members.FindAsync("r1", "m1", None))!.Epoch, (await Store.Members.FindAsync("r1", "m1", None))!.Version));
        Assert.IsNull(await Store.Members.FindAsync("r1", "m2", None));
    }

    [TestMethod]
    public async Task Announcement_is_refused_when_the_member_is_somebody_elses()
    {
        await CreateAsync();
        await AnnounceAsync(epoch: 1, version: 1);
        Assert.AreEqual(MemberOutcome.Taken, await AnnounceAsync(epoch: 2, version: 9, user: "eve"));

        var guest = new GuestRecord("r1", "g1", new byte[32], 1000, 1500);
        await Store.Members.PutGuestAsync(guest, None);
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 1, version: 1, member: "m2", user: guest.User));
        Assert.AreEqual(MemberOutcome.Taken, await AnnounceAsync(epoch: 1, version: 2, member: "m2", user: "eve", now: 1499));
        Assert.AreEqual(MemberOutcome.AlreadyDone, await AnnounceAsync(epoch: 1, version: 1, member: "m2", user: "eve", now: 1500));
        Assert.AreEqual("eve", (await Store.Members.FindAsync("r1", "m2", None))!.User);
    }

    [TestMethod]
    public async Task Announcements_of_one_user_are_bounded()
    {
        await CreateAsync();
        for (var index = 0; index < RoomStorageLimits.MaxMembersOfUser; index++)
        {
            Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 1, version: 1, member: $"m{index}"));
        }

        Assert.AreEqual(MemberOutcome.Full, await AnnounceAsync(epoch: 1, version: 1, member: "more"));
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 1, version: 2, member: "m1"));
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 2, version: 1, member: "more"));
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 1, version: 1, member: "other", user: "eve"));
    }

    [TestMethod]
    public async Task Announcement_names_the_member_of_a_participation_of_the_same_user()
    {
        await CreateAsync();
        var joined = await JoinAsync("bob");
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 1, version: 1, member: "m2", user: "eve", participant: joined.Participant!.Id));
        Assert.IsNull((await Store.Participants.ListAsync("r1", Samples.Now, None)).Single().Member);
        Assert.AreEqual(MemberOutcome.Done, await AnnounceAsync(epoch: 1, version: 1, participant: joined.Participant.Id));
        Assert.AreEqual("m1", (await Store.Participants.ListAsync("r1", Samples.Now, None)).Single().Member);
        Assert.AreEqual(joined.Room!.Offset + 1, (await Store.Rooms.GetAsync("r1", None))!.Offset);
        Assert.AreEqual(MemberOutcome.AlreadyDone, await AnnounceAsync(epoch: 1, version: 1, participant: joined.Participant.Id));
        Assert.AreEqual(joined.Room.Offset + 1, (await Store.Rooms.GetAsync("r1", None))!.Offset);
    }

    [TestMethod]
    public async Task Guest_is_known_only_in_its_room_and_until_it_expires()
    {
        await CreateAsync("r1");
        await CreateAsync("r2");
        var guest = new GuestRecord("r1", "g1", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, 1000, 2000);
        Assert.IsTrue(await Store.Members.PutGuestAsync(guest, None));
        Assert.IsFalse(await Store.Members.PutGuestAsync(guest with { Room = "none" }, None));
        var found = await Store.Members.GetGuestAsync("r1", "g1", 1999, None);
        CollectionAssert.AreEqual(guest.SecretHash.ToArray(), found!.SecretHash.ToArray());
        Assert.IsNull(await Store.Members.GetGuestAsync("r1", "g1", 2000, None));
        Assert.IsNull(await Store.Members.GetGuestAsync("r2", "g1", 1500, None));
        Assert.IsTrue(await Store.Members.RemoveGuestAsync("r1", "g1", None));
        Assert.IsFalse(await Store.Members.RemoveGuestAsync("r1", "g1", None));
        await RefusedAsync(() => Store.Members.PutGuestAsync(guest with { SecretHash = new byte[15] }, None));
    }

    [TestMethod]
    public async Task Notices_lead_from_an_epoch_to_the_current_one()
    {
        await CreateAsync();
        for (var epoch = 2; epoch <= 4; epoch++)
        {
            Assert.AreEqual(RoomOutcome.Done, (await Store.Rooms.RotateAsync("r1", Samples.Rotation(epoch, "m1", "m2"), Samples.Now, None)).Outcome);
        }

        var notices = await Store.Members.ListNoticesAsync("r1", "m1", 2, None);
        Assert.AreEqual("3:3 4:4", string.Join(' ', notices.Select(static notice => $"{notice.Epoch}:{notice.Payload.Span[0]}")));
    }

    private Task<MemberOutcome> AnnounceAsync(
        int epoch, long version, string room = "r1", string member = "m1", string user = "bob", byte? content = null, string? participant = null, long now = Samples.Now) =>
        Store.Members.AnnounceAsync(new MemberRecord(room, epoch, member, user, version, new[] { content ?? (byte)version }), participant, now, None);
}
