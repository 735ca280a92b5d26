using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class RoomsOptionsTests
{
    public static IEnumerable<object[]> OutOfRange =>
    [
        [new Action<RoomsOptions>(static options => options.MaxParticipants = 0)],
        [new Action<RoomsOptions>(static options => options.MaxParticipants = 501)],
        [new Action<RoomsOptions>(static options => options.MaxRoomsPerOwner = 0)],
        [new Action<RoomsOptions>(static options => options.MaxRoomsPerSession = 0)],
        [new Action<RoomsOptions>(static options => options.MaxRoomLifetime = TimeSpan.FromSeconds(59))],
        [new Action<RoomsOptions>(static options => options.Lease = TimeSpan.FromSeconds(9))],
        [new Action<RoomsOptions>(static options => options.SweepInterval = TimeSpan.Zero)],
        [new Action<RoomsOptions>(static options => options.TombstoneLifetime = TimeSpan.Zero)],
        [new Action<RoomsOptions>(static options => options.MaxTombstones = -1)],
        [new Action<RoomsOptions>(static options => options.MaxRoomName = 4097)],
        [new Action<RoomsOptions>(static options => options.MaxOwnerName = 0)],
        [new Action<RoomsOptions>(static options => options.MaxDisplayName = 0)],
        [new Action<RoomsOptions>(static options => options.MaxContext = 262_145)],
        [new Action<RoomsOptions>(static options => options.MaxEntry = 1_049_601)],
        [new Action<RoomsOptions>(static options => options.MaxSignal = 0)],
        [new Action<RoomsOptions>(static options => options.TimelineCount = 0)],
        [new Action<RoomsOptions>(static options => options.TimelineAge = TimeSpan.Zero)],
        [new Action<RoomsOptions>(static options => options.TimelinePage = 501)],
        [new Action<RoomsOptions>(static options => options.MaxCatchUp = 0)],
    ];

    [TestMethod]
    [DynamicData(nameof(OutOfRange))]
    public async Task Host_does_not_start_when_a_value_is_out_of_range(Action<RoomsOptions> change) =>
        await Assert.ThrowsExactlyAsync<OptionsValidationException>(() => RoomsWorld.StartAsync(change));

    [TestMethod]
    public async Task Host_starts_with_the_defaults_and_when_rooms_are_added_twice()
    {
        await using var world = await RoomsWorld.StartAsync((_, builder) => Microsoft.Extensions.DependencyInjection.LoopServerRoomsExtensions.AddRooms(builder, static options => options.MaxParticipants = 2));
        Assert.AreEqual(2, (await RoomsWorld.CreateAsync(world.User("ada"))).MaxSize);
    }
}
