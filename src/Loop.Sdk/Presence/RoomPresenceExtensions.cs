using Loop.Sdk.Rooms;

namespace Loop.Sdk.Presence;

/// <summary>Presence in rooms.</summary>
public static class RoomPresenceExtensions
{
    extension(Room room)
    {
        /// <summary>The scope of those who are present in the room, for <see cref="PresenceClient.EnterAsync(string, System.Text.Json.JsonElement?, CancellationToken)"/>. It lets people in as the token does: keep it out of logs.</summary>
        public string PresenceScope
        {
            get
            {
                ArgumentNullException.ThrowIfNull(room);
                return $"room:{room.Token}";
            }
        }
    }
}
