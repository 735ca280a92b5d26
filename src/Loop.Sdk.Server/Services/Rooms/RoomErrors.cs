using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>What callers are told. None of it says who or what a room's token or a member's id belongs to.</summary>
internal static class RoomErrors
{
    public static LoopException NotFound() => Of(ErrorCodes.RoomNotFound);

    public static LoopException NotOwner() => Of(ErrorCodes.NotOwner);

    public static LoopException NotParticipant() => Of(ErrorCodes.NotParticipant);

    public static LoopException AccountRequired() => Of(ErrorCodes.AccountRequired);

    public static LoopException MemberTaken() => Of(ErrorCodes.MemberTaken);

    public static LoopException Invalid(string what) => new(ErrorCodes.InvalidRequest, what);

    public static LoopException TooLarge(int most) => new(ErrorCodes.ContentTooLarge, $"The envelope is longer than {most} bytes.");

    /// <summary>Why somebody did not join.</summary>
    public static LoopException Of(JoinOutcome outcome) => Of(outcome switch
    {
        JoinOutcome.Full => ErrorCodes.RoomFull,
        JoinOutcome.TooManyForClient => ErrorCodes.TooManyForClient,
        JoinOutcome.Locked => ErrorCodes.RoomLocked,
        JoinOutcome.Barred => ErrorCodes.Barred,
        JoinOutcome.MemberTaken => ErrorCodes.MemberTaken,
        JoinOutcome.MemberStale => ErrorCodes.StaleVersion,
        JoinOutcome.MembersFull => ErrorCodes.ResourceExhausted,
        JoinOutcome.StaleEpoch => ErrorCodes.StaleEpoch,
        _ => ErrorCodes.RoomNotFound,
    });

    /// <summary>Why a room was not changed.</summary>
    public static LoopException Of(RoomOutcome outcome) => Of(outcome switch
    {
        RoomOutcome.Conflict => ErrorCodes.RoomConflict,
        RoomOutcome.TooMany => ErrorCodes.TooManyRooms,
        _ => ErrorCodes.RoomNotFound,
    });

    /// <summary>Why a member was not announced.</summary>
    public static LoopException Of(MemberOutcome outcome) => Of(outcome switch
    {
        MemberOutcome.Taken => ErrorCodes.MemberTaken,
        MemberOutcome.Stale => ErrorCodes.StaleVersion,
        MemberOutcome.Full => ErrorCodes.ResourceExhausted,
        _ => ErrorCodes.RoomNotFound,
    });

    public static LoopException Of(string code) => new(code, code switch
    {
        ErrorCodes.RoomNotFound => "There is no such room.",
        ErrorCodes.RoomGone => "The room is gone.",
        ErrorCodes.RoomConflict => "The room is not as expected.",
        ErrorCodes.RoomFull => "The room is full.",
        ErrorCodes.TooManyForClient => "More are in the room than the client can be with.",
        ErrorCodes.RoomLocked => "The room is locked.",
        ErrorCodes.TooManyRooms => "The owner has as many rooms as may be.",
        ErrorCodes.TokenNotReserved => "The token was not given out on this session.",
        ErrorCodes.NotOwner => "Only the room's owner may do this.",
        ErrorCodes.NotParticipant => "There is no such participation: join the room first.",
        ErrorCodes.ParticipationExpired => "The participation has expired: join the room again.",
        ErrorCodes.Kicked => "The owner removed you from the room.",
        ErrorCodes.Barred => "The owner does not let you in any more.",
        ErrorCodes.AccountRequired => "This needs an account.",
        ErrorCodes.GuestRefused => "The guest's credential does not count.",
        ErrorCodes.GuestScope => "The guest's credential is for another room.",
        ErrorCodes.MemberTaken => "The member is not one of yours.",
        ErrorCodes.StaleVersion => "There is a newer announcement.",
        ErrorCodes.StaleEpoch => "The room's key is of another epoch.",
        ErrorCodes.ResourceExhausted => "There are as many as may be.",
        ErrorCodes.EntryNotFound => "There is no such entry.",
        ErrorCodes.EntryConflict => "The entry is not as expected.",
        _ => "The session is over.",
    });
}
