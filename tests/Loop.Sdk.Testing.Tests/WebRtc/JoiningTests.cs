using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;
using Loop.Sdk.Testing.Tests.Rooms.Harness;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing.Tests.WebRtc;

[TestClass]
public sealed class JoiningTests
{
    private static readonly MeshOptions Options = new() { Factory = new MemoryPeerNetwork().CreateFactory() };

    [TestMethod]
    public async Task Mesh_cannot_be_joined_when_the_server_has_none()
    {
        await using var world = await RoomWorld.StartAsync();
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await Check.FailsAsync(ErrorCodes.UnknownService, room.JoinMeshAsync(Options));
        await Check.FailsAsync(ErrorCodes.UnknownService, room.JoinMeshAsync(Options));
    }

    [TestMethod]
    public async Task Mesh_needs_a_joined_room_with_its_key_and_sound_options()
    {
        await using var world = await RoomWorld.StartAsync(static builder => Microsoft.Extensions.DependencyInjection.LoopServerWebRtcExtensions.AddWebRtc(builder));
        var owner = await world.OwnerAsync();
        await using var room = await owner.Rooms.CreateAsync(new NewRoom());
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => room.JoinMeshAsync(Options));
        await room.JoinAsync();
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => room.JoinMeshAsync(Options with { MaxPeers = 0 }));
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => room.JoinMeshAsync(Options with { PeerTimeout = TimeSpan.Zero }));
        await using var mesh = await room.JoinMeshAsync(Options);
        using var link = room.CreateLink();
        await using var keyless = await (await world.GuestAsync("Eve")).Rooms.JoinAsync(link.RoomUrl.AbsoluteUri);
        await Check.FailsAsync(ErrorCodes.NoKey, keyless.JoinMeshAsync(Options));
    }

    [TestMethod]
    public async Task Mesh_ends_when_its_owner_leaves_the_room_that_stays_open()
    {
        await using var world = await RoomWorld.StartAsync(static builder => Microsoft.Extensions.DependencyInjection.LoopServerWebRtcExtensions.AddWebRtc(builder));
        await using var room = await (await world.OwnerAsync()).CreateJoinedAsync();
        await using var mesh = await room.JoinMeshAsync(Options);
        await room.LeaveAsync();
        Assert.IsNull(await mesh.Ended);
        await room.JoinAsync();
        await using var again = await room.JoinMeshAsync(Options);
        Assert.AreNotEqual(mesh.Id, again.Id);
    }
}
