namespace Loop.Sdk.Server.Storage;

/// <summary>Push in a SQLite file.</summary>
internal sealed class SqlitePushStorage(SqliteDatabase database) : IPushStorage
{
    public IPushAgentStore Agents { get; } = new SqlitePushAgentStore(database);

    public IPushMessageStore Messages { get; } = new SqlitePushMessageStore(database);

    public IPushReceiptStore Receipts { get; } = new SqlitePushReceiptStore(database);

    public IPushSenderStore Sender { get; } = new SqlitePushSenderStore(database);

    public Task<PushSweepResult> SweepAsync(PushSweep sweep, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(sweep);
        return database.WriteAsync(session => PushSweeper.Run(session, sweep), cancellationToken);
    }
}
