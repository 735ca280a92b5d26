using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class LifecycleTests
{
    [TestMethod]
    public async Task Disposal_ends_a_room_in_whatever_state()
    {
        await using var world = await RoomWorld.StartAsync();
        var owner = await world.OwnerAsync();
        var open = await owner.Rooms.CreateAsync(new NewRoom());
        var joined = await owner.CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        var offline = await user.JoinAsync(open);
        var rejoining = await user.JoinAsync(joined);
        await user.LoseSessionAsync(world);
        user.Device.Link.IsRefusing = true;
        user.Device.Link.Cut();

        foreach (var room in new[] { open, joined, offline, rejoining })
        {
            var states = room.StateChanges().LastAsync().AsTask();
            await Task.WhenAll(room.DisposeAsync().AsTask(), room.DisposeAsync().AsTask());
            await room.DisposeAsync();

            Assert.AreEqual((RoomState.Ended, RoomState.Ended), (room.State, await states));
            Assert.IsNull(await room.Ended);
            await Check.FailsAsync(ErrorCodes.Closed, room.Timeline.SayAsync("too late"));
            await Check.FailsAsync(ErrorCodes.Closed, room.JoinAsync());
            await Check.FailsAsync(ErrorCodes.Closed, room.RotateKeyAsync());
            Assert.ThrowsExactly<ObjectDisposedException>(() => room.CreateLink());
            Assert.HasCount(0, await room.Timeline.FollowAsync().ToListAsync());
        }
    }

    [TestMethod]
    public async Task A_channel_leaves_its_rooms_when_it_is_disposed_of()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        var bob = await user.JoinAsync(room);
        await room.UntilPresentAsync(static present => present.Count == 2);

        await user.Device.Client.DisposeAsync();

        await room.UntilPresentAsync(static present => present.Count == 1);
        Assert.AreEqual(RoomState.Ended, bob.State);
        Assert.IsNull(await bob.Ended);
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => user.JoinAsync(room));
    }

    [TestMethod]
    public async Task What_is_cancelled_can_be_tried_again()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        using var link = room.CreateLink();
        user.Device.Link.IsRefusing = true;
        user.Device.Link.Cut();
        using var cancelling = new CancellationTokenSource();
        var joining = user.Rooms.JoinAsync(link, cancellationToken: cancelling.Token);
        cancelling.Cancel();
        await Assert.ThrowsAsync<OperationCanceledException>(() => joining);
        user.Device.Link.IsRefusing = false;

        await using var bob = await world.SoonAsync(user.Rooms.JoinAsync(link));
        user.Device.Link.IsRefusing = true;
        user.Device.Link.Cut();
        using var writing = new CancellationTokenSource();
        Task[] calls =
        [
            bob.Timeline.SayAsync("perhaps", cancellationToken: writing.Token),
            bob.Timeline.PageAsync(cancellationToken: writing.Token),
            bob.Timeline.SetTypingAsync(true, writing.Token),
            bob.LeaveAsync(writing.Token),
        ];
        writing.Cancel();
        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        }
    }

    [TestMethod]
    public async Task A_clients_own_capacity_counts_for_everybody_while_it_is_there()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var small = await (await world.GuestAsync("Bob")).JoinAsync(room, new RoomJoin { MaxSize = 2 });
        var user = await world.GuestAsync("Eve");

        Assert.AreEqual((8, 2), (small.Details.MaxSize, small.Details.ClientMaxSize));
        await Check.FailsAsync(ErrorCodes.RoomFull, user.JoinAsync(room));
        await small.DisposeAsync();
        await using var eve = await user.JoinAsync(room);
        Assert.AreEqual(8, eve.Details.ClientMaxSize);
    }

    [TestMethod]
    public async Task Devices_of_one_account_are_there_together()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var phone = await (await world.AccountAsync("carol")).JoinAsync(room);
        await using var laptop = await (await world.AccountAsync("carol")).JoinAsync(room);
        await using var owners = await (await world.OwnerAsync()).Rooms.OpenAsync(room.Token);
        await owners.JoinAsync();

        var present = await phone.UntilPresentAsync(static present => present.Count == 4 && present.All(static participant => participant.IsVerified));

        Assert.AreEqual(phone.ParticipantId, present.Single(static participant => participant.IsMe).Id);
        Assert.AreEqual(2, present.Count(static participant => participant.DisplayName == "carol"));
        Assert.HasCount(2, present.Where(static participant => participant.IsOwner).ToList());
        Assert.HasCount(1, present.Where(static participant => participant.IsOwner).Select(static participant => participant.Member).Distinct().ToList());
        Assert.IsFalse(present.Any(static participant => participant.IsGuest));

        await laptop.LeaveAsync();
        await phone.UntilPresentAsync(static present => present.Count == 3);
        await phone.Timeline.SayAsync("I am still here");
    }
}
