using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Server.Rooms;

/// <summary>What rooms write to the log. A room's token gives access, so it is never among it.</summary>
internal sealed partial class RoomsLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Debug, "Session {Session} joined a room.")]
    public partial void Joined(string session);

    [LoggerMessage(2, LogLevel.Debug, "A participation of session {Session} ended: {Code}.")]
    public partial void Ended(string session, string code);

    [LoggerMessage(3, LogLevel.Warning, "A participation of session {Session} could not be ended in the store; it ends when it expires.")]
    public partial void LeaveFailed(string session, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "{Count} participations could not be prolonged; they are tried again.")]
    public partial void RenewalFailed(int count, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "A followed room could not be read; it is tried again.")]
    public partial void RefreshFailed(Exception exception);

    [LoggerMessage(6, LogLevel.Error, "What has expired could not be removed; it is tried again.")]
    public partial void SweepFailed(Exception exception);

    [LoggerMessage(7, LogLevel.Debug, "Removed {Rooms} rooms, {Participants} participations, {Tombstones} tombstones and {Entries} entries.")]
    public partial void Swept(int rooms, int participants, int tombstones, int entries);

    [LoggerMessage(8, LogLevel.Warning, "The oldest entries of a timeline could not be removed; it is tried again.")]
    public partial void PruneFailed(Exception exception);
}
