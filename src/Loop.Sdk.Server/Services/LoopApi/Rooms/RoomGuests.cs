using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Guests by what they were given when they joined: the channel's credential, or another token of the media provider's.</summary>
internal static class RoomGuests
{
    public static async ValueTask<GuestRecord?> FindAsync(RoomsCore rooms, string room, string token, CancellationToken cancellationToken)
    {
        if (await GuestSecret.FindByTokenAsync(rooms.Storage.Members, room, token, rooms.Now, cancellationToken).ConfigureAwait(false) is { } foreign)
        {
            return foreign;
        }

        try
        {
            return await GuestSecret.FindAsync(rooms.Storage.Members, room, token, rooms.Now, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException refused) when (refused.Code is ErrorCodes.GuestRefused or ErrorCodes.GuestScope)
        {
            return null;
        }
    }
}
