using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Rooms.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms.Hostile;

/// <summary>Somebody whose server lies. The others see the real one.</summary>
internal sealed class Victim : IAsyncDisposable
{
    private Victim(RoomUser user, RoomWorld world, Action<RoomsClientOptions>? configure)
    {
        Rooms = new LyingRooms(user.Device.Service<IRooms>());
        Timeline = new LyingTimeline(user.Device.Service<ITimeline>());
        var options = new RoomsClientOptions { DisplayName = "Vic", TimeProvider = world.Clock, RoomUrl = new Uri("https://hello.example/r") };
        configure?.Invoke(options);
        Client = RoomsClient.Create(Rooms, Timeline, options);
    }

    public LyingRooms Rooms { get; }

    public LyingTimeline Timeline { get; }

    public RoomsClient Client { get; }

    public static async Task<Victim> OfAsync(RoomWorld world, Action<RoomsClientOptions>? configure = null) => new(await world.GuestAsync("Vic"), world, configure);

    public static Victim Of(RoomUser user, RoomWorld world) => new(user, world, null);

    public static async Task<Victim> OwnerAsync(RoomWorld world) => new(await world.OwnerAsync(), world, options => options.OwnerKey = world.OwnerKey);

    public async Task<Room> JoinAsync(Room room)
    {
        using var link = room.CreateLink();
        return await Client.JoinAsync(link);
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
