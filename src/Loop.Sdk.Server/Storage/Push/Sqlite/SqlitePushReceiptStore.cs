namespace Loop.Sdk.Server.Storage;

/// <summary>Receipts in a SQLite file.</summary>
internal sealed class SqlitePushReceiptStore(SqliteDatabase database) : IPushReceiptStore
{
    public async Task<IReadOnlyList<PushReceiptRecord>?> ReadAsync(string subscription, long after, int limit, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(subscription, "receipt subscription");
        PushRecordGuard.Limit(limit);
        if (after > 0)
        {
            await database.WriteAsync(
                session => session.Prepare("DELETE FROM push_receipts WHERE subscription = ?1 AND sequence <= ?2").Bind(subscription).Bind(after).Run(), cancellationToken)
                .ConfigureAwait(false);
        }

        return await database.ReadAsync<IReadOnlyList<PushReceiptRecord>?>(
            session => session.Prepare("SELECT 1 FROM push_receipt_subscriptions WHERE id = ?1 AND expires > ?2").Bind(subscription).Bind(now).First(static _ => true)
                ? session.Prepare("SELECT sequence, message, outcome, at FROM push_receipts WHERE subscription = ?1 ORDER BY sequence LIMIT ?2").Bind(subscription).Bind((long)limit)
                    .ToList(static row => new PushReceiptRecord(row.Number(0), row.Text(1), (PushOutcome)row.Int(2), row.Number(3)))
                : null,
            cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> RemoveAsync(string subscription, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(subscription, "receipt subscription");
        return database.WriteAsync(session => session.Prepare("DELETE FROM push_receipt_subscriptions WHERE id = ?1").Bind(subscription).Run() > 0, cancellationToken);
    }
}
