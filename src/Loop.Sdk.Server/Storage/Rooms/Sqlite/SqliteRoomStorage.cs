namespace Loop.Sdk.Server.Storage;

/// <summary>Rooms in a SQLite file.</summary>
internal sealed class SqliteRoomStorage(SqliteDatabase database) : IRoomStorage
{
    public IRoomStore Rooms { get; } = new SqliteRoomStore(database);

    public IParticipantStore Participants { get; } = new SqliteParticipantStore(database);

    public IMemberStore Members { get; } = new SqliteMemberStore(database);

    public ITimelineStore Timelines { get; } = new SqliteTimelineStore(database);
}
