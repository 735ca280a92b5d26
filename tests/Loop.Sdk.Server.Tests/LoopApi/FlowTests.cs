using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi;

/// <summary>Rooms of HTTP and of the channel are the same, seen live from both sides.</summary>
[TestClass]
public sealed class FlowTests
{
    private const string Context = ""","context":{"value":"df7B4SNxhOI44eJjQavCevADyCCxz6/DEZbkOkRUMVUxzS42FbzN6C2PqmCKDYUGyCJTwJ0jln8TLw==","alg":"AES-GCM","wrappedKey":"F3V27oPB"}""";
    private const string Key = "FliIGLUolW-xkKZVWstqKw";

    [TestMethod]
    public async Task Owner_and_guest_meet_over_http_while_a_channel_watches()
    {
        await using var world = await HttpWorld.StartAsync();
        var watcher = world.Channel("ada").Service<IRooms>();
        await using var list = FeedProbe.Of(watcher.List(), static room => room.Token);
        await list.ReadyAsync();

        // The browser starts, registers, and finds nothing.
        var config = await world.SendAsync("GET", "/v0/push-server-config");
        Assert.AreEqual(404, config.Status);
        var owner = await world.UserAsync("ada", "rooms");
        Assert.AreEqual("", await owner.ListAsync());

        // It makes a room, and its own push comes back.
        var created = await owner.SendAsync("POST", "/v0/rooms", $$"""{"roomOwner":"-","maxSize":2{{Context}}}""");
        Assert.AreEqual(201, created.Status, created.Text);
        var token = created.Json.GetProperty("roomToken").GetString()!;
        var version = await PushedAsync(world, owner);
        Assert.AreEqual(token, await owner.ListAsync(version));
        await list.UntilAsync(rooms => rooms.ContainsKey(token));
        Assert.AreEqual("AES-GCM", list.State[token].Context!.Algorithm);
        await using var participants = FeedProbe.Of(watcher.Participants(new RoomRef(token)), static participant => participant.Id);
        await using var info = FeedProbe.Of(watcher.Watch(new RoomRef(token)), (RoomInfo?)null, static (_, room) => room, static (_, room) => room);

        // The owner joins.
        Assert.AreEqual(0, (await owner.GetAsync(token)).GetProperty("participants").GetArrayLength());
        Assert.AreEqual(200, (await owner.JoinAsync(token, "Guest", 2)).Status);
        await participants.UntilAsync(static present => present.Values.Any(static participant => participant is { IsOwner: true, IsGuest: false, DisplayName: "Guest" }));
        version = await PushedAsync(world, owner);

        // The guest opens the link, looks, and joins.
        var seen = await world.SendAsync("GET", $"/v0/rooms/{token}");
        Assert.AreEqual("AES-GCM", seen.Json.GetProperty("context").GetProperty("alg").GetString());
        var guest = await world.JoinAsync(token, "Bob", 2);
        await participants.UntilAsync(static present => present.Count == 2 && present.Values.Any(static participant => participant is { IsOwner: false, IsGuest: true, DisplayName: "Bob" }));
        var after = await PushedAsync(world, owner);
        Assert.IsGreaterThan(version, after);
        Assert.AreEqual(2, (await owner.GetAsync(token)).GetProperty("participants").GetArrayLength());

        // They stay, and say how their media do.
        world.Clock.Advance(TimeSpan.FromSeconds(270));
        Assert.AreEqual(200, (await owner.ActAsync(token, "refresh")).Status);
        Assert.AreEqual(200, (await world.ActAsync(token, guest, "refresh")).Status);
        const string Status = ""","event":"Session.connectionCreated","state":"sendrecv","connections":2,"sendStreams":1,"recvStreams":1""";
        Assert.AreEqual("204", (await world.ActAsync(token, guest, "status", Status)).Code);
        Assert.AreEqual("204", (await owner.ActAsync(token, "logDomain", ""","domains":[{"domain":"a.example","count":1}]""")).Code);

        // The owner names the room differently.
        var patched = await owner.SendAsync("PATCH", $"/v0/rooms/{token}", """{"context":{"value":"AAECAwQFBgcICQoLy9FcMwg7sjK3JKOPdmETdE2S0ZfK70BV","alg":"AES-GCM","wrappedKey":"x"}}""");
        Assert.AreEqual(200, patched.Status, patched.Text);
        await info.UntilAsync(static room => room!.Context!.Version == 2);
        await PushedAsync(world, owner);

        // The guest leaves in order, the owner is gone without a word.
        Assert.AreEqual("204", (await world.ActAsync(token, guest, "leave")).Code);
        await participants.UntilAsync(static present => present.Count == 1);
        await PushedAsync(world, owner);
        world.ExpireAll();
        await participants.UntilAsync(static present => present.Count == 0);
        await PushedAsync(world, owner);

        // The room is deleted: whoever follows it is told, and the guest's link is dead.
        Assert.AreEqual("204", (await owner.SendAsync("DELETE", $"/v0/rooms/{token}")).Code);
        Assert.AreEqual(ErrorCodes.RoomGone, await participants.CodeAsync());
        await list.UntilAsync(static rooms => rooms.Count == 0);
        version = await PushedAsync(world, owner);
        Assert.AreEqual(token + "-", await owner.ListAsync(version));
        Assert.AreEqual("404/105", (await world.SendAsync("GET", $"/v0/rooms/{token}")).Code);
        Assert.IsTrue(world.Sink.IsQuiet);
    }

    [TestMethod]
    public async Task What_the_channel_does_is_seen_over_http_and_pushed()
    {
        await using var world = await HttpWorld.StartAsync();
        var owner = await world.UserAsync("ada", "rooms");
        var channel = world.Channel("ada").Service<IRooms>();
        var room = await channel.CreateAsync(new CreateRoom { RoomName = "From the channel", OwnerName = "Ada", MaxSize = 4 });
        var version = await PushedAsync(world, owner);
        Assert.AreEqual(room.Token, await owner.ListAsync(version));
        var guest = world.Channel(null).Service<IRooms>();
        await guest.JoinAsync(new JoinRoom { Token = room.Token, DisplayName = "Cyd" });
        await PushedAsync(world, owner);
        Assert.AreEqual("Cyd", (await owner.GetAsync(room.Token)).GetProperty("participants")[0].GetProperty("displayName").GetString());
        await guest.LeaveAsync(new RoomRef(room.Token));
        await PushedAsync(world, owner);
        await channel.DeleteAsync(new DeleteRooms([room.Token]));
        version = await PushedAsync(world, owner);
        Assert.AreEqual(room.Token + "-", await owner.ListAsync(version));
    }

    [TestMethod]
    public async Task Seats_are_shared_between_both_sides()
    {
        await using var world = await HttpWorld.StartAsync();
        var owner = await world.UserAsync("ada");
        var token = await owner.CreateAsync(maxSize: 2);
        var guest = world.Channel(null).Service<IRooms>();
        await guest.JoinAsync(new JoinRoom { Token = token });
        Assert.AreEqual("400/202", (await world.TryJoinAsync(token)).Code);
        await world.Channel("ada").Service<IRooms>().JoinAsync(new JoinRoom { Token = token });
        Assert.AreEqual(200, (await owner.JoinAsync(token)).Status);
        Assert.AreEqual(3, (await owner.GetAsync(token)).GetProperty("participants").GetArrayLength());
    }

    [TestMethod]
    public async Task Guest_goes_on_with_the_token_on_the_channel()
    {
        await using var world = await HttpWorld.StartAsync();
        var owner = await world.UserAsync("ada");
        var token = (await owner.SendAsync("POST", "/v0/rooms", $$"""{"roomOwner":"-","maxSize":4{{Context}}}""")).Json.GetProperty("roomToken").GetString()!;
        var credential = await world.JoinAsync(token);
        var guest = world.Channel(null).Service<IRooms>();
        var joined = await guest.JoinAsync(new JoinRoom { Token = token, GuestCredential = credential, DisplayName = "Bob" });
        Assert.IsTrue(joined.Participant.IsGuest);
        Assert.AreEqual("204", (await world.ActAsync(token, credential, "leave")).Code);
        Assert.AreEqual(200, (await world.GuestAsync("GET", $"/v0/rooms/{token}", null, credential)).Status);
        await guest.LeaveAsync(new RoomRef(token));

        // And the whole client reads what was sealed for the original.
        await using var room = await world.Channel(null).Rooms.JoinAsync($"https://hello.example/{token}#{Key}");
        Assert.AreEqual("First Room Name", room.Details.Name);
    }

    [TestMethod]
    public async Task Moderation_of_the_channel_holds_over_http()
    {
        await using var world = await HttpWorld.StartAsync();
        var owner = await world.UserAsync("ada", "rooms");
        var channel = world.Channel("ada").Service<IRooms>();
        var token = await owner.CreateAsync(maxSize: 5);
        var guest = await world.JoinAsync(token);
        var id = (await owner.GetAsync(token)).GetProperty("participants")[0].GetProperty("roomConnectionId").GetString()!;
        await channel.KickAsync(new KickParticipant { Token = token, Participant = id });
        Assert.AreEqual("401/110", (await world.ActAsync(token, guest, "refresh")).Code);
        var bob = await world.UserAsync("bob");
        await bob.JoinAsync(token);
        id = (await owner.GetAsync(token)).GetProperty("participants")[0].GetProperty("roomConnectionId").GetString()!;
        await channel.KickAsync(new KickParticipant { Token = token, Participant = id, Bar = true });
        Assert.AreEqual("410/111", (await bob.ActAsync(token, "refresh")).Code);
        Assert.AreEqual("403/999", (await bob.JoinAsync(token)).Code);
        await channel.UpdateAsync(new UpdateRoom { Token = token, Locked = true });
        Assert.AreEqual("403/999", (await world.TryJoinAsync(token)).Code);
        Assert.AreEqual(200, (await owner.JoinAsync(token)).Status);
    }

    [TestMethod]
    public async Task Rooms_of_the_channel_keep_their_kind_of_key()
    {
        await using var world = await HttpWorld.StartAsync();
        var owner = await world.UserAsync("ada");
        var channel = world.Channel("ada").Service<IRooms>();
        var room = await channel.CreateAsync(new CreateRoom { Epoch = 1, Context = Sealed.Context(1, 1), WrappedKey = "wrapped" });
        Assert.AreEqual("400/107", (await owner.SendAsync("PATCH", $"/v0/rooms/{room.Token}", """{"context":{"value":"YWJj","alg":"AES-GCM","wrappedKey":"x"}}""")).Code);
        Assert.AreEqual("wrapped", (await owner.GetAsync(room.Token)).GetProperty("context").GetProperty("wrappedKey").GetString());
        Assert.IsFalse((await world.SendAsync("GET", $"/v0/rooms/{room.Token}")).Json.GetProperty("context").TryGetProperty("wrappedKey", out _));
    }

    [TestMethod]
    public async Task Lifetime_that_the_owner_chose_stays()
    {
        await using var world = await HttpWorld.StartAsync();
        var owner = await world.UserAsync();
        var token = await owner.CreateAsync(""","expiresIn":5""");
        var end = (await owner.GetAsync(token)).GetProperty("expiresAt").GetInt64();
        world.Clock.Advance(TimeSpan.FromHours(1));
        await owner.JoinAsync(token);
        await owner.SendAsync("PATCH", $"/v0/rooms/{token}", """{"roomName":"y"}""");
        Assert.AreEqual(end, (await owner.GetAsync(token)).GetProperty("expiresAt").GetInt64());
        world.Clock.Advance(TimeSpan.FromHours(4));
        Assert.AreEqual("404/105", (await owner.SendAsync("GET", $"/v0/rooms/{token}")).Code);
        Assert.AreEqual("", await owner.ListAsync());
    }

    [TestMethod]
    public async Task Versions_that_run_ahead_of_the_clock_lose_no_change()
    {
        await using var world = await HttpWorld.StartAsync();
        var owner = await world.UserAsync("ada", "rooms");
        var tokens = new List<string>();
        var versions = new List<long>();
        for (var number = 0; number < 5; number++)
        {
            tokens.Add(await owner.CreateAsync());
            versions.Add(await PushedAsync(world, owner));
        }

        CollectionAssert.AreEqual(Enumerable.Range(0, 5).Select(number => world.Second + number).ToList(), versions);
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        foreach (var (token, version) in tokens.Zip(versions))
        {
            Assert.Contains(token, await owner.ListAsync(version));
        }

        world.Clock.Advance(TimeSpan.FromSeconds(60));
        var last = await owner.CreateAsync();
        Assert.AreEqual(world.Second, await PushedAsync(world, owner));
        Assert.AreEqual(last, await owner.ListAsync(world.Second));
    }

    [TestMethod]
    public async Task Account_with_the_name_of_an_anonymous_session_owns_nothing()
    {
        var storage = new CountingStorage();
        await using var world = await HttpWorld.StartAsync(build: builder => builder.Services.AddSingleton<ILoopApiStorage>(storage));
        var user = await world.UserAsync();
        var token = await user.CreateAsync();
        var impostor = world.Channel(storage.Added.Single().User).Service<IRooms>();
        Assert.AreEqual(RoomAccess.Public, (await impostor.GetAsync(new RoomRef(token))).Access);
        Assert.AreEqual(ErrorCodes.NotOwner, await impostor.UpdateAsync(new UpdateRoom { Token = token, Locked = true }).CodeAsync());
        Assert.AreEqual(ErrorCodes.AccountRequired, await impostor.DeleteAsync(new DeleteRooms([token])).CodeAsync());
        await using var list = FeedProbe.Of(impostor.List(), static room => room.Token);
        Assert.AreEqual(ErrorCodes.AccountRequired, await list.CodeAsync());
        Assert.AreEqual(token, await user.ListAsync());
    }

    private static async Task<long> PushedAsync(HttpWorld world, HttpUser user)
    {
        var (url, version) = await world.Sink.NextAsync();
        Assert.AreEqual(user.Push, url);
        return version;
    }
}
