using Loop.Sdk.Channels;

namespace Loop.Sdk.Rooms;

/// <summary>Holds a room that the server sent to what was asked for.</summary>
internal static class ReceivedRoom
{
    /// <exception cref="LoopException"><c>invalid_payload</c>; <c>protocol_error</c>: it is another room.</exception>
    public static RoomInfo Of(string token, RoomInfo info)
    {
        if (Received.Some(info).Token != token)
        {
            throw new LoopException(ErrorCodes.ProtocolError, "The server gave another room.");
        }

        if (info.Participants is { } participants)
        {
            Received.Whole(participants);
        }

        return info;
    }
}
