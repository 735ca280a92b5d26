namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryPushReceiptStore(MemoryPushState state) : IPushReceiptStore
{
    public Task<IReadOnlyList<PushReceiptRecord>?> ReadAsync(string subscription, long after, int limit, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(subscription, "receipt subscription");
        PushRecordGuard.Limit(limit);
        return state.Run<IReadOnlyList<PushReceiptRecord>?>(() =>
        {
            if (!state.Receipts.TryGetValue(subscription, out var receipts) || receipts.ExpiresAt <= now)
            {
                return null;
            }

            while (receipts.Waiting.TryPeek(out var first) && first.Sequence <= after)
            {
                receipts.Waiting.Dequeue();
            }

            return [.. receipts.Waiting.Take(limit)];
        });
    }

    public Task<bool> RemoveAsync(string subscription, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(subscription, "receipt subscription");
        return state.Run(() => state.Receipts.Remove(subscription));
    }
}
