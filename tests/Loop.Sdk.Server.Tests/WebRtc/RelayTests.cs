using System.Threading.Channels;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Loop.Sdk.Server.Tests.WebRtc.Harness;

namespace Loop.Sdk.Server.Tests.WebRtc;

[TestClass]
public sealed class RelayTests
{
    [TestMethod]
    public async Task Frames_pass_both_ways_in_order_when_both_ends_are_there()
    {
        await using var world = await PeersWorld.StartAsync();
        var (fromAda, fromBob) = (Frames(), Frames());
        await using var ada = world.Ada.Relay(world.Bob.Id, fromAda.Reader).GetAsyncEnumerator();
        await using var bob = world.Bob.Relay(world.Ada.Id, fromBob.Reader).GetAsyncEnumerator();
        await MeetAsync(ada, bob);
        for (byte number = 1; number <= 50; number++)
        {
            await fromAda.Writer.WriteAsync(new byte[] { number, 1 });
            await fromBob.Writer.WriteAsync(new byte[] { number, 2 });
        }

        for (byte number = 1; number <= 50; number++)
        {
            Assert.IsTrue(await bob.MoveNextAsync());
            CollectionAssert.AreEqual(new byte[] { number, 1 }, bob.Current.ToArray());
            Assert.IsTrue(await ada.MoveNextAsync());
            CollectionAssert.AreEqual(new byte[] { number, 2 }, ada.Current.ToArray());
        }

        fromAda.Writer.Complete();
        Assert.IsFalse(await bob.MoveNextAsync());
        Assert.IsFalse(await ada.MoveNextAsync());
        Assert.AreEqual(0, world.Core.Relays.Count);
    }

    [TestMethod]
    public async Task Who_does_not_read_holds_up_the_sender_and_nobody_else()
    {
        await using var world = await PeersWorld.StartAsync();
        var (fromAda, fromBob) = (Frames(), Frames());
        await using var ada = world.Ada.Relay(world.Bob.Id, fromAda.Reader).GetAsyncEnumerator();
        await using var bob = world.Bob.Relay(world.Ada.Id, fromBob.Reader).GetAsyncEnumerator();
        await MeetAsync(ada, bob);
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            for (; sent < 2000; sent++)
            {
                await fromAda.Writer.WriteAsync(new byte[16 * 1024]);
            }
        });

        // The same session goes on with everything else, in both directions.
        for (var count = 0; count < 50; count++)
        {
            await world.Ada.SendAsync(world.Bob.Id);
            await world.Bob.SendAsync(world.Ada.Id);
        }

        await fromBob.Writer.WriteAsync(new byte[] { 7 });
        Assert.IsTrue(await ada.MoveNextAsync());
        Assert.IsFalse(sending.IsCompleted);
        for (var count = 0; count < 2000; count++)
        {
            Assert.IsTrue(await bob.MoveNextAsync());
        }

        await sending;
    }

    [TestMethod]
    public async Task Relay_fails_when_the_other_does_not_come()
    {
        await using var world = await PeersWorld.StartAsync();
        var waiting = world.Ada.Relay(world.Bob.Id, Frames().Reader).CodeAsync();
        await world.World.PassUntilAsync(waiting, world.Ada.User, world.Bob.User);
        Assert.AreEqual(ErrorCodes.NoPath, await waiting);
    }

    [TestMethod]
    public async Task Relay_ends_when_the_other_leaves_the_room()
    {
        await using var world = await PeersWorld.StartAsync();
        await using var ada = world.Ada.Relay(world.Bob.Id, Frames().Reader).GetAsyncEnumerator();
        await using var bob = world.Bob.Relay(world.Ada.Id, Frames().Reader).GetAsyncEnumerator();
        await MeetAsync(ada, bob);
        await world.Bob.User.Rooms.LeaveAsync(world.Bob.Room);
        var end = ada.MoveNextAsync().AsTask();
        try
        {
            Assert.IsFalse(await end);
        }
        catch (LoopException error)
        {
            Assert.AreEqual(ErrorCodes.PeerNotFound, error.Code);
        }

        Assert.AreEqual(ErrorCodes.PeerNotFound, await world.Ada.Relay(world.Bob.Id, Frames().Reader).CodeAsync());
    }

    [TestMethod]
    public async Task Relay_is_refused_when_malformed_doubled_or_one_too_many()
    {
        await using var world = await PeersWorld.StartAsync(static options => options.MaxRelaysPerSession = 1);
        await using var ada = world.Ada.Relay(world.Bob.Id, Frames().Reader).GetAsyncEnumerator();
        await using var bob = world.Bob.Relay(world.Ada.Id, Frames().Reader).GetAsyncEnumerator();
        await MeetAsync(ada, bob);
        Assert.AreEqual(ErrorCodes.ResourceExhausted, await world.Ada.Relay(world.Bob.Id, Frames().Reader, "other").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.Ada.Relay(world.Bob.Id, Frames().Reader, "").CodeAsync());
        Assert.AreEqual(ErrorCodes.InvalidRequest, await world.Ada.Relay(world.Bob.Id, Frames().Reader, new string('x', 65)).CodeAsync());
        Assert.AreEqual(ErrorCodes.PeerNotFound, await world.Ada.Relay("nobody", Frames().Reader).CodeAsync());
    }

    [TestMethod]
    public async Task Relay_ends_when_a_frame_is_empty_or_too_large()
    {
        foreach (var size in new[] { 0, (64 * 1024) + 1 })
        {
            await using var world = await PeersWorld.StartAsync();
            var frames = Frames();
            await using var ada = world.Ada.Relay(world.Bob.Id, frames.Reader).GetAsyncEnumerator();
            await using var bob = world.Bob.Relay(world.Ada.Id, Frames().Reader).GetAsyncEnumerator();
            await MeetAsync(ada, bob);
            await frames.Writer.WriteAsync(new byte[size]);
            Assert.IsFalse(await bob.MoveNextAsync());
            var error = await Assert.ThrowsExactlyAsync<LoopException>(() => ada.MoveNextAsync().AsTask());
            Assert.AreEqual(ErrorCodes.ContentTooLarge, error.Code);
        }
    }

    [TestMethod]
    public async Task Relay_is_refused_when_the_host_relays_nothing()
    {
        await using var world = await PeersWorld.StartAsync(static options => options.MaxRelaysPerSession = 0);
        Assert.AreEqual(ErrorCodes.NoPath, await world.Ada.Relay(world.Bob.Id, Frames().Reader).CodeAsync());
    }

    private static Channel<ReadOnlyMemory<byte>> Frames() => System.Threading.Channels.Channel.CreateBounded<ReadOnlyMemory<byte>>(1);

    private static async Task MeetAsync(params IAsyncEnumerator<ReadOnlyMemory<byte>>[] ends)
    {
        var met = ends.Select(static end => end.MoveNextAsync().AsTask()).ToList();
        Assert.IsTrue((await Task.WhenAll(met)).All(static there => there));
        Assert.IsTrue(ends.All(static end => end.Current.IsEmpty));
    }
}
