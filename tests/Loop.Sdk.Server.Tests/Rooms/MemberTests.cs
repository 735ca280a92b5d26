using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class MemberTests
{
    [TestMethod]
    public async Task Announcement_is_listed_and_shown_with_the_participant()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        var joined = await bob.JoinAsync(token);
        Assert.IsNull(joined.Participant.Member);
        await using var seen = ada.Participants(token);
        await seen.ReadyAsync();
        await bob.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-bob", version: 3)));
        await ada.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-ada")));
        await seen.UntilAsync(static state => state.Values.Single().Member == "m-bob");

        var members = await bob.Rooms.MembersAsync(new MembersQuery(token, 1)).DrainAsync();
        Assert.AreEqual("m-ada 1 False, m-bob 3 True", string.Join(", ", members.Select(static member => $"{member.Announcement.Member} {member.Announcement.Version} {member.IsMine}")));
        CollectionAssert.AreEqual(Sealed.Envelope(1, 100), members[0].Announcement.Envelope.ToArray());
        Assert.IsEmpty(await bob.Rooms.MembersAsync(new MembersQuery(token, 2)).DrainAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await world.User("eve").Rooms.MembersAsync(new MembersQuery(token, 1)).CodeAsync());
    }

    [TestMethod]
    public async Task Announcement_is_refused_when_it_is_old_or_somebody_elses()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await bob.JoinAsync(token, member: Sealed.Member("m-bob", version: 2));
        Assert.AreEqual(ErrorCodes.StaleVersion, await bob.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-bob", version: 1))).CodeAsync());
        Assert.AreEqual(ErrorCodes.StaleVersion, await bob.JoinAsync(token, member: Sealed.Member("m-bob", version: 1)).CodeAsync());
        Assert.AreEqual(ErrorCodes.StaleEpoch, await bob.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-bob", epoch: 2, version: 3))).CodeAsync());
        Assert.AreEqual(ErrorCodes.MemberTaken, await ada.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-bob", version: 3))).CodeAsync());
        Assert.AreEqual(ErrorCodes.MemberTaken, await world.User(null).JoinAsync(token, member: Sealed.Member("m-bob", version: 3)).CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await world.User("eve").Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-eve"))).CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await bob.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m bob"))).CodeAsync());
        await bob.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("m-bob", version: 2)));
        await bob.JoinAsync(token, member: Sealed.Member("m-bob", version: 2));
    }

    [TestMethod]
    public async Task Guest_whose_credential_is_over_is_the_same_member_again()
    {
        await using var world = await RoomsWorld.StartAsync();
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var guest = world.User(null);
        await guest.JoinAsync(token, member: Sealed.Member("m-gus"));
        Assert.AreEqual(ErrorCodes.MemberTaken, await world.User(null).JoinAsync(token, member: Sealed.Member("m-gus")).CodeAsync());
        await guest.Rooms.LeaveAsync(new RoomRef(token));
        Assert.AreEqual("m-gus", (await world.User(null).JoinAsync(token, member: Sealed.Member("m-gus"))).Participant.Member);
    }

    [TestMethod]
    public async Task Announcements_of_one_caller_are_bounded()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        for (var index = 0; index < RoomStorageLimits.MaxMembersOfUser; index++)
        {
            await ada.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member($"m{index}")));
        }

        Assert.AreEqual(ErrorCodes.ResourceExhausted, await ada.Rooms.AnnounceAsync(new AnnounceMember(token, Sealed.Member("more"))).CodeAsync());
        Assert.AreEqual(ErrorCodes.ResourceExhausted, await ada.JoinAsync(token, member: Sealed.Member("more")).CodeAsync());
    }
}
