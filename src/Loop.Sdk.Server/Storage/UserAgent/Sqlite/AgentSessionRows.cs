namespace Loop.Sdk.Server.Storage;

/// <summary>Reads and writes sessions of user agents.</summary>
internal static class AgentSessionRows
{
    public const string Columns = "id, scope, ancestor, reason, started, ended, end_reason, change";

    public static AgentSessionRecord Read(SqliteStatement row) => new()
    {
        Id = row.Number(0),
        Scope = NumberOrNull(row, 1),
        Ancestor = NumberOrNull(row, 2),
        Reason = row.TextOrNull(3),
        StartedAt = row.Number(4),
        EndedAt = NumberOrNull(row, 5),
        EndReason = row.TextOrNull(6),
        Offset = row.Number(7),
    };

    public static void Put(SqliteSession session, long account, AgentSessionRecord record) => session.Prepare(
            $"""
            INSERT INTO ua_sessions(account, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT DO UPDATE SET ended = ?7, end_reason = ?8, change = ?9
            """)
        .Bind(account).Bind(record.Id).Bind(record.Scope).Bind(record.Ancestor).Bind(record.Reason).Bind(record.StartedAt).Bind(record.EndedAt).Bind(record.EndReason)
        .Bind(record.Offset).Run();

    public static long? NumberOrNull(SqliteStatement row, int column) => row.IsNull(column) ? null : row.Number(column);
}
