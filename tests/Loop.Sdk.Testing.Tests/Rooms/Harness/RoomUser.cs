using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Testing.Tests.Harness;

namespace Loop.Sdk.Testing.Tests.Rooms.Harness;

/// <summary>Somebody with a device: a channel and its rooms.</summary>
internal sealed class RoomUser(LoopTestClient device)
{
    public LoopTestClient Device => device;

    public RoomsClient Rooms => device.Client.Rooms;

    /// <summary>Loses the session: the connection breaks, and the server forgets the session before it is back.</summary>
    public async Task LoseSessionAsync(RoomWorld world)
    {
        if (!world.Sessions.Knows(device.Client.SessionId!))
        {
            await world.SoonAsync(device.Probe().TouchAsync());
        }

        var before = device.Client.SessionId;
        device.Link.IsRefusing = true;
        device.Link.Cut();
        await world.Sessions.EndAsync(before!);
        device.Link.IsRefusing = false;
    }
}
