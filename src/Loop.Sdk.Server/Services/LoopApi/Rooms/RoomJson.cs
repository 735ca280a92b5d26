using System.Text.Json;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Rooms as clients get them. Times are seconds since 1970.</summary>
internal sealed class RoomJson(LoopHttpApiOptions options)
{
    public string UrlOf(string token) => options.RoomUrl.Replace("{token}", token, StringComparison.Ordinal);

    /// <summary>All of a room that its reader may see.</summary>
    public void Write(Utf8JsonWriter writer, RoomInfo room)
    {
        writer.WriteStartObject();
        WritePublic(writer, room);
        writer.WriteNumber("maxSize", room.MaxSize!.Value);
        writer.WriteNumber("clientMaxSize", room.ClientMaxSize!.Value);
        writer.WriteNumber("creationTime", room.CreatedAt!.Value.ToUnixTimeSeconds());
        writer.WriteNumber("expiresAt", room.ExpiresAt!.Value.ToUnixTimeSeconds());
        writer.WriteNumber("ctime", room.UpdatedAt!.Value.ToUnixTimeSeconds());
        writer.WriteStartArray("participants");
        foreach (var participant in room.Participants!)
        {
            writer.WriteStartObject();
            writer.WriteString("roomConnectionId", participant.Id);
            writer.WriteString("displayName", participant.DisplayName);
            writer.WriteBoolean("owner", participant.IsOwner);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>What anybody may see who has the token.</summary>
    public void WriteOpen(Utf8JsonWriter writer, RoomInfo room)
    {
        writer.WriteStartObject();
        WritePublic(writer, room);
        writer.WriteEndObject();
    }

    /// <summary>A room that is gone.</summary>
    public static void WriteGone(Utf8JsonWriter writer, string token)
    {
        writer.WriteStartObject();
        writer.WriteString("roomToken", token);
        writer.WriteBoolean("deleted", true);
        writer.WriteEndObject();
    }

    private void WritePublic(Utf8JsonWriter writer, RoomInfo room)
    {
        writer.WriteString("roomToken", room.Token);
        writer.WriteString("roomUrl", UrlOf(room.Token));
        if (room.RoomName is { } name)
        {
            writer.WriteString("roomName", name);
        }

        writer.WriteString("roomOwner", room.OwnerName ?? "");
        if (room.Context is not { } context)
        {
            writer.WriteNull("context");
            return;
        }

        writer.WriteStartObject("context");
        writer.WriteString("value", context.Value);
        writer.WriteString("alg", context.Algorithm);
        if (room.WrappedKey is { } key)
        {
            writer.WriteString("wrappedKey", key);
        }

        writer.WriteEndObject();
    }
}
