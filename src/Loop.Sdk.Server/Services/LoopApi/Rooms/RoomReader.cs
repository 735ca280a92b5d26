using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Rooms, as they are shown over HTTP.</summary>
internal static class RoomReader
{
    /// <summary>A room and who is in it.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public static async ValueTask<OccupiedRoom> FindAsync(RoomsCore rooms, ApiCall call)
    {
        var token = call.Token;
        return RequestChecks.IsToken(token) && await rooms.Storage.Rooms.GetOccupiedAsync(token, rooms.Now, call.Aborted).ConfigureAwait(false) is { } room && room.Room.ExpiresAt > rooms.Now
            ? room
            : throw ApiErrors.NoRoom();
    }

    /// <summary>A room alone.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public static async ValueTask<RoomRecord> FindRoomAsync(RoomsCore rooms, ApiCall call)
    {
        var token = call.Token;
        return RequestChecks.IsToken(token) && await rooms.Storage.Rooms.GetAsync(token, call.Aborted).ConfigureAwait(false) is { } room && room.ExpiresAt > rooms.Now
            ? room
            : throw ApiErrors.NoRoom();
    }

    /// <summary>What a reader may see. Clients of the original know the wrapped key as a part of the context; in rooms of the channel it is the owner's.</summary>
    public static RoomInfo View(OccupiedRoom room, RoomAccess access)
    {
        var info = RoomViews.Of(room.Room, room.Present, access);
        return room.Room.Epoch == 0 ? info with { WrappedKey = room.Room.WrappedKey } : info;
    }
}
