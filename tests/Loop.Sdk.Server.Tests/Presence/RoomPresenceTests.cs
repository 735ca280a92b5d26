using Loop.Sdk.Presence;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Presence;

[TestClass]
public sealed class RoomPresenceTests
{
    private static Task<PresenceWorld> StartAsync() => PresenceWorld.StartAsync(build: static builder => builder.AddRooms());

    private static async Task<string> CreateRoomAsync(PresenceUser owner)
    {
        var rooms = owner.Client.Service<IRooms>();
        var token = (await rooms.ReserveAsync()).Token;
        await rooms.CreateAsync(new CreateRoom { Token = token, Epoch = 1, Context = Sealed.Context(1, 1), WrappedKey = "wrapped-1" });
        return token;
    }

    private static Task<JoinedRoom> JoinAsync(PresenceUser user, string token) => user.Client.Service<IRooms>().JoinAsync(new JoinRoom { Token = token });

    [TestMethod]
    public async Task Room_is_for_those_who_are_in_it_and_its_owner()
    {
        await using var world = await StartAsync();
        var (ada, bob, guest) = (world.User("ada"), world.User("bob"), world.User(null));
        var token = await CreateRoomAsync(ada);
        var scope = $"room:{token}";
        Assert.AreEqual("scope_refused", await bob.EnterAsync(scope).CodeAsync());
        Assert.AreEqual("scope_refused", await guest.Watch(scope).CodeAsync());
        await JoinAsync(bob, token);
        await JoinAsync(guest, token);
        var members = new[] { await ada.EnterAsync(scope), await bob.EnterAsync(scope), await guest.EnterAsync(scope) };
        Assert.AreEqual(3, members.Select(static member => member.User).Distinct().Count());
        Assert.IsFalse(members.Any(static member => member.User.Contains("ada", StringComparison.Ordinal) || member.User.Contains("bob", StringComparison.Ordinal)));
        Assert.AreEqual(3, (await guest.GetAsync(scope)).Counts.Users);
    }

    [TestMethod]
    public async Task User_is_the_same_in_a_room_and_another_one_in_the_next()
    {
        await using var world = await StartAsync();
        var (ada, phone) = (world.User("ada"), world.User("ada"));
        var (one, other) = (await CreateRoomAsync(ada), await CreateRoomAsync(ada));
        var first = await ada.EnterAsync($"room:{one}");
        Assert.AreEqual(first.User, (await phone.EnterAsync($"room:{one}")).User);
        Assert.AreNotEqual(first.User, (await ada.EnterAsync($"room:{other}")).User);
    }

    [TestMethod]
    public async Task Leaving_the_room_and_being_kicked_from_it_end_presence()
    {
        await using var world = await StartAsync();
        var (ada, bob, cyd) = (world.User("ada"), world.User("bob"), world.User("cyd"));
        var token = await CreateRoomAsync(ada);
        var scope = $"room:{token}";
        await JoinAsync(bob, token);
        var joined = await JoinAsync(cyd, token);
        await bob.EnterAsync(scope);
        await cyd.EnterAsync(scope);
        await using var seen = ada.Watch(scope);
        await using var watched = bob.Watch(scope);
        await Task.WhenAll(seen.ReadyAsync(), watched.ReadyAsync());
        await bob.Client.Service<IRooms>().LeaveAsync(new RoomRef(token));
        await seen.UntilAsync(static state => state.Members.Count == 1);
        Assert.AreEqual("scope_refused", await watched.CodeAsync());
        await ada.Client.Service<IRooms>().KickAsync(new KickParticipant { Token = token, Participant = joined.Participant.Id });
        await seen.UntilAsync(static state => state.Members.Count == 0);
        Assert.IsTrue(seen.State.Told.Contains("Left", StringComparison.Ordinal) && seen.State.Told.Contains("Kicked", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Deleted_room_ends_the_presence_of_an_owner_who_was_not_in_it()
    {
        await using var world = await StartAsync();
        var ada = world.User("ada");
        var token = await CreateRoomAsync(ada);
        await ada.EnterAsync($"room:{token}");
        await ada.Client.Service<IRooms>().DeleteAsync(new DeleteRooms([token]));
        await Until.SoAsync(() => world.Service.Scopes.Count == 0);
    }

    [TestMethod]
    public async Task Only_the_owner_kicks_from_a_rooms_presence()
    {
        await using var world = await StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = await CreateRoomAsync(ada);
        var scope = $"room:{token}";
        await JoinAsync(bob, token);
        var (own, member) = (await ada.EnterAsync(scope), await bob.EnterAsync(scope));
        Assert.AreEqual("scope_refused", await bob.KickAsync(own.Id, scope: scope).CodeAsync());
        await ada.KickAsync(member.Id, scope: scope);
        Assert.AreEqual(1, (await ada.GetAsync(scope)).Counts.Members);
    }

    [TestMethod]
    public async Task Lost_session_in_a_room_has_its_grace_and_is_taken_over()
    {
        await using var world = await StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = await CreateRoomAsync(ada);
        var scope = $"room:{token}";
        var instance = Guid.NewGuid().ToString();
        await JoinAsync(bob, token);
        var member = await bob.EnterAsync(scope, instance: instance);
        await using var seen = ada.Watch(scope);
        await seen.ReadyAsync();
        await bob.BreakAsync();
        world.Lose("bob");
        var next = world.User("bob");
        await JoinAsync(next, token);
        Assert.AreEqual(member.Id, (await next.EnterAsync(scope, instance: instance)).Id);
        world.Clock.Advance(PresenceWorld.Grace);
        await next.UpdateAsync("{}", scope);
        await seen.UntilAsync(static state => state.Told.EndsWith('|'));
        Assert.AreEqual($"* ~{member.User} |", seen.State.Told);
    }

    [TestMethod]
    public async Task Room_whose_token_is_none_is_refused()
    {
        await using var world = await StartAsync();
        Assert.AreEqual("scope_refused", await world.User("ada").EnterAsync("room:<>").CodeAsync());
    }
}
