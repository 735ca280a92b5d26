using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms;

[TestClass]
public sealed class SignalTests
{
    [TestMethod]
    public async Task Typing_and_read_markers_reach_everybody_with_their_author()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var bob = await (await world.GuestAsync("Bob")).JoinAsync(room);
        await using var seen = await ListenAsync(room, bob);
        await using var own = await ListenAsync(bob, room);

        await bob.Timeline.SetTypingAsync(true);
        await bob.Timeline.MarkReadAsync(7);
        await bob.Timeline.SignalAsync("example.cursor", "12,34", PollJson.Default.String);

        var typing = await UntilAsync(seen, SignalKinds.Typing);
        Assert.IsTrue(typing.ReadTyping().IsTyping);
        Assert.AreEqual((bob.MemberId, "Bob", false), (typing.Author, typing.AuthorName, typing.IsMine));
        Assert.AreEqual(7, (await UntilAsync(seen, SignalKinds.Read)).ReadMark().Sequence);
        var cursor = await UntilAsync(seen, "example.cursor");
        Assert.AreEqual("12,34", cursor.Read(PollJson.Default.String));
        Assert.AreEqual(ErrorCodes.InvalidPayload, Assert.ThrowsExactly<LoopException>(() => cursor.ReadTyping()).Code);
        Assert.IsTrue((await UntilAsync(own, SignalKinds.Typing)).IsMine);
    }

    [TestMethod]
    public async Task Who_is_slow_gets_the_newest_of_each_kind_and_not_all()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        await using var seen = await ListenAsync(bob, room);
        user.Device.Link.IsRefusing = true;
        user.Device.Link.Cut();
        for (var number = 1; number <= 1500; number++)
        {
            await room.Timeline.MarkReadAsync(number);
        }

        await room.Timeline.SetTypingAsync(true);
        user.Device.Link.IsRefusing = false;

        var marks = new List<long>();
        for (var typing = false; !typing || marks.Count == 0 || marks[^1] < 1500;)
        {
            Assert.IsTrue(await world.SoonAsync(seen.MoveNextAsync().AsTask()));
            Assert.IsNull(seen.Current.Code);
            typing |= seen.Current.Kind == SignalKinds.Typing;
            if (seen.Current.Kind == SignalKinds.Read)
            {
                marks.Add(seen.Current.ReadMark().Sequence);
            }
        }

        Assert.IsLessThan(1500, marks.Count);
        Assert.IsTrue(marks.SequenceEqual(marks.Order()));
    }

    [TestMethod]
    public async Task Signals_go_on_after_a_lost_session_and_end_with_the_room()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        var user = await world.GuestAsync("Bob");
        await using var bob = await user.JoinAsync(room);
        await using var seen = await ListenAsync(bob, room);
        await user.LoseSessionAsync(world);
        var next = UntilAsync(seen, SignalKinds.Typing);
        while (!next.IsCompleted)
        {
            await room.Timeline.SetTypingAsync(true);
            await world.SoonAsync(Task.Delay(TimeSpan.FromSeconds(1), world.Clock));
        }

        Assert.IsTrue((await next).ReadTyping().IsTyping);
        await bob.LeaveAsync();
        while (await seen.MoveNextAsync())
        {
        }

        Assert.IsNull(await bob.Ended);
        await Check.FailsAsync(ErrorCodes.Closed, bob.Timeline.SetTypingAsync(true));
    }

    // Nobody is told when a subscription has reached the server: so somebody signals until it is heard.
    private static async Task<IAsyncEnumerator<RoomSignal>> ListenAsync(Room listener, Room other)
    {
        var signals = listener.Timeline.SignalsAsync().GetAsyncEnumerator();
        var first = signals.MoveNextAsync().AsTask();
        while (!first.IsCompleted)
        {
            await other.Timeline.SignalAsync("example.hello", "", PollJson.Default.String);
        }

        Assert.IsTrue(await first);
        return signals;
    }

    private static async Task<RoomSignal> UntilAsync(IAsyncEnumerator<RoomSignal> signals, string kind)
    {
        do
        {
            Assert.IsTrue(await signals.MoveNextAsync());
        }
        while (signals.Current.Kind != kind);

        return signals.Current;
    }
}
