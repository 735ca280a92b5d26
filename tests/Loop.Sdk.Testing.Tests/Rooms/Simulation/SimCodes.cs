namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>With which codes what may fail, however bad the links are.</summary>
internal static class SimCodes
{
    // The session was lost; or the room was, by somebody else's doing.
    private static readonly string[] Anything =
    [
        ErrorCodes.SessionLost, ErrorCodes.Unavailable, ErrorCodes.Closed, ErrorCodes.NotParticipant, ErrorCodes.ParticipationExpired, ErrorCodes.Kicked, ErrorCodes.RoomGone,
        ErrorCodes.RoomNotFound, ErrorCodes.Barred, ErrorCodes.RoomLocked, ErrorCodes.RoomFull,
    ];

    private static readonly string[] Writing = [ErrorCodes.UnknownEpoch, ErrorCodes.MemberTaken];

    public static bool MayBe(string deed, string code) => Anything.Contains(code) || deed switch
    {
        "say" or "type" => Writing.Contains(code),
        "edit" => Writing.Contains(code) || code is ErrorCodes.EntryConflict,
        "delete" => code is ErrorCodes.MemberTaken,
        "update" or "rotate" or "kick" or "lock" => code is ErrorCodes.RoomConflict or ErrorCodes.UnknownEpoch,
        _ => false,
    };

    /// <summary>Why a room may have ended for somebody who did not leave it.</summary>
    public static bool MayEnd(string code) =>
        code is ErrorCodes.Kicked or ErrorCodes.RoomGone or ErrorCodes.RoomNotFound or ErrorCodes.RoomLocked or ErrorCodes.RoomFull or ErrorCodes.Barred;
}
