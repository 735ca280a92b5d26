namespace Loop.Sdk.Server.Storage;

/// <summary>What the rooms service keeps. Everything that a task says it did is kept when the task ends; what fails leaves nothing behind.</summary>
/// <remarks>
/// Another database is another implementation of this interface and its parts; the conformance suite in the repository's tests says whether it is one.
/// Times are milliseconds since 1970 and given by the caller. Any member throws <see cref="LoopException"/>: <c>invalid_record</c> for a value that is missing,
/// malformed or too long (see <see cref="RoomStorageLimits"/>), <c>store_unavailable</c> if the database cannot be used now, <c>closed</c> after its end.
/// </remarks>
public interface IRoomStorage
{
    /// <summary>Rooms, and their owners' feeds of changes.</summary>
    IRoomStore Rooms { get; }

    /// <summary>Who is in a room now.</summary>
    IParticipantStore Participants { get; }

    /// <summary>Whose keys are known in a room, guests' credentials, and rotation notices.</summary>
    IMemberStore Members { get; }

    /// <summary>The rooms' timelines.</summary>
    ITimelineStore Timelines { get; }
}
