using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using RoomJoin = Loop.Sdk.Server.Storage.RoomJoin;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class ParticipationTests
{
    [TestMethod]
    public async Task Participation_ends_at_once_when_the_client_closes_its_channel()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await using var seen = ada.Participants(token);
        await bob.JoinAsync(token);
        await seen.UntilAsync(static state => state.Count == 1);
        await bob.Client.DisposeAsync();
        await seen.UntilAsync(static state => state.Count == 0);
        Assert.AreEqual(1, seen.Count(FeedEventKind.Snapshot));
    }

    [TestMethod]
    public async Task Participation_ends_when_the_session_is_not_resumed_in_time()
    {
        await using var world = await RoomsWorld.StartAsync(server: static options => options.ResumeWindow = TimeSpan.FromMinutes(1));
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await using var seen = ada.Participants(token);
        await bob.JoinAsync(token);
        await seen.UntilAsync(static state => state.Count == 1);
        bob.Link.IsRefusing = true;
        bob.Link.Cut();
        await world.PassAsync(TimeSpan.FromSeconds(55), ada);
        Assert.HasCount(1, seen.State);
        await world.PassUntilAsync(seen.UntilAsync(static state => state.Count == 0), ada);
    }

    [TestMethod]
    public async Task Participation_outlives_its_lease_while_the_session_waits_for_a_resume()
    {
        await using var world = await RoomsWorld.StartAsync(server: static options => options.ResumeWindow = TimeSpan.FromMinutes(30));
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await using var seen = ada.Participants(token);
        var joined = await bob.JoinAsync(token);
        bob.Link.IsRefusing = true;
        bob.Link.Cut();
        await world.PassAsync(TimeSpan.FromMinutes(20), ada);
        bob.Link.IsRefusing = false;
        var lease = await bob.Rooms.RefreshAsync(new RoomRef(token)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.AreEqual(300_000, lease.ExpiresInMs);
        await seen.UntilAsync(static state => state.Count == 1);
        Assert.AreEqual((joined.Participant.Id, 1), (seen.State.Keys.Single(), seen.Count(FeedEventKind.Snapshot)));
    }

    [TestMethod]
    public async Task Lease_and_guests_credential_are_prolonged_while_the_session_lives()
    {
        await using var world = await RoomsWorld.StartAsync();
        var guest = world.User(null);
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var joined = await guest.JoinAsync(token);
        await world.PassAsync(TimeSpan.FromMinutes(30), guest);
        var present = (await world.Storage.Participants.ListAsync(token, world.Now, CancellationToken.None)).Single();
        Assert.AreEqual(joined.Participant.Id, present.Id);
        Assert.IsGreaterThan(world.Now, present.ExpiresAt);
        await world.User(null).JoinAsync(token, guest: joined.Guest!.Credential);
    }

    [TestMethod]
    public async Task Participation_of_a_process_that_is_gone_lasts_until_it_expires()
    {
        await using var world = await RoomsWorld.StartAsync();
        var ada = world.User("ada");
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await world.Storage.Participants.JoinAsync(Left(token, world.Now), world.Now, CancellationToken.None);
        await using var seen = ada.Participants(token);
        await using var list = ada.List();
        await seen.UntilAsync(static state => state.Count == 1);
        await world.PassAsync(TimeSpan.FromMinutes(4), ada);
        Assert.HasCount(1, seen.State);
        await world.PassUntilAsync(seen.UntilAsync(static state => state.Count == 0), ada);
        await list.UntilAsync(state => state.GetValueOrDefault(token)?.Participants!.Count == 0);
    }

    [TestMethod]
    public async Task Client_that_joins_again_takes_the_place_of_its_participation_before_the_restart()
    {
        await using var world = await RoomsWorld.StartAsync();
        var bob = world.User("bob");
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        await world.Storage.Participants.JoinAsync(Left(token, world.Now), world.Now, CancellationToken.None);
        var joined = await bob.JoinAsync(token, device: "phone");
        Assert.AreEqual(joined.Participant.Id, joined.Room.Participants!.Single().Id);
    }

    [TestMethod]
    public async Task Client_has_to_join_again_after_a_restart()
    {
        await using var world = await RoomsWorld.StartAsync();
        var bob = world.User("bob");
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        await bob.JoinAsync(token, device: "phone");
        await using var seen = bob.Participants(token);
        await seen.ReadyAsync();
        await world.Host.RestartAsync();
        Assert.AreEqual(ErrorCodes.NotParticipant, await seen.CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await bob.Rooms.RefreshAsync(new RoomRef(token)).CodeAsync());
        Assert.HasCount(1, (await bob.JoinAsync(token, device: "phone")).Room.Participants!);
        await using var again = bob.Participants(token);
        await again.UntilAsync(static state => state.Count == 1);
    }

    [TestMethod]
    public async Task Participation_stays_when_the_server_drains()
    {
        await using var world = await RoomsWorld.StartAsync();
        var bob = world.User("bob");
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        await bob.JoinAsync(token, device: "phone");
        await world.Clock.AdvanceUntilAsync(world.Host.StopAsync(), TimeSpan.FromSeconds(1));
        Assert.HasCount(1, await world.Storage.Participants.ListAsync(token, world.Now, CancellationToken.None));
    }

    [TestMethod]
    public async Task Participation_is_over_when_it_could_not_be_prolonged()
    {
        await using var world = await RoomsWorld.StartAsync();
        var bob = world.User("bob");
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var joined = await bob.JoinAsync(token);
        await using var seen = bob.Participants(token);
        await seen.ReadyAsync();

        // The process slept while time passed.
        await world.Storage.Participants.RefreshAsync(token, joined.Participant.Id, world.Now + 1, world.Now, CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.AreEqual(ErrorCodes.ParticipationExpired, await bob.Rooms.RefreshAsync(new RoomRef(token)).CodeAsync());
        Assert.AreEqual(ErrorCodes.ParticipationExpired, await seen.CodeAsync());
        Assert.AreEqual(ErrorCodes.ParticipationExpired, await bob.Timeline.PageAsync(new PageQuery { Token = token }).CodeAsync());
        await bob.JoinAsync(token);
        await bob.Rooms.RefreshAsync(new RoomRef(token));
    }

    [TestMethod]
    public async Task Leaving_ends_what_is_followed_but_not_for_the_owner()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await ada.JoinAsync(token);
        await bob.JoinAsync(token);
        await using var ofAda = ada.Participants(token);
        await using var ofBob = bob.Participants(token);
        await using var watched = bob.Watch(token);
        await using var changes = bob.Changes(token);
        await Task.WhenAll(ofAda.ReadyAsync(), ofBob.ReadyAsync(), watched.ReadyAsync(), changes.ReadyAsync());
        await bob.Rooms.LeaveAsync(new RoomRef(token));
        await ada.Rooms.LeaveAsync(new RoomRef(token));
        Assert.AreEqual(ErrorCodes.NotParticipant, await ofBob.CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await watched.CodeAsync());
        Assert.AreEqual(ErrorCodes.NotParticipant, await changes.CodeAsync());
        await ofAda.UntilAsync(static state => state.Count == 0);
    }

    [TestMethod]
    public async Task Nothing_of_a_room_is_kept_when_nobody_is_there_any_more()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        var token = (await RoomsWorld.CreateAsync(ada)).Token;
        await using (var list = ada.List())
        await using (var seen = ada.Participants(token))
        await using (var changes = ada.Changes(token))
        {
            await bob.JoinAsync(token);
            await Task.WhenAll(list.ReadyAsync(), seen.UntilAsync(static state => state.Count == 1), changes.ReadyAsync());
            Assert.AreEqual((1, 1), (world.Core.Live.Count, world.Core.Owners.Count));
        }

        await bob.Client.DisposeAsync();
        while (world.Core.Live.Count + world.Core.Owners.Count > 0)
        {
            await ada.Rooms.GetAsync(new RoomRef(token));
        }
    }

    private static RoomJoin Left(string token, long now) => new() { Room = token, Id = "left", User = "bob", Session = "phone", ExpiresAt = now + 300_000 };
}
