namespace Loop.Sdk.Rooms;

/// <summary>What codes mean for whoever is in a room.</summary>
internal static class RoomCodes
{
    /// <summary>Whether somebody has to join again, since their participation belonged to a session that is over, or was not prolonged.</summary>
    public static bool IsOut(LoopException error) => error.Code is ErrorCodes.NotParticipant or ErrorCodes.ParticipationExpired;

    /// <summary>Whether the call may succeed on the next session, or in a moment.</summary>
    public static bool IsPassing(LoopException error) => error.Retryable || IsLost(error);

    /// <summary>Whether the call did not get through, or its answer did not: what can be repeated safely is.</summary>
    public static bool IsLost(LoopException error) => error.Code is ErrorCodes.SessionLost or ErrorCodes.Unavailable or ErrorCodes.Draining;

    /// <summary>The same, for whoever was in the room: one that cannot be found any more is gone, whichever way that was noticed.</summary>
    public static LoopException Ending(LoopException error) =>
        error.Code == ErrorCodes.RoomNotFound ? new LoopException(ErrorCodes.RoomGone, "The room was deleted, or has expired.", error) : error;

    /// <summary>The room is over for this client.</summary>
    public static LoopException Over() => new(ErrorCodes.Closed, "The room was left or disposed of.");
}
