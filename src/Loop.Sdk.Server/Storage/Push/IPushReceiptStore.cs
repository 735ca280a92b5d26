namespace Loop.Sdk.Server.Storage;

/// <summary>Receipts, which senders ask for and fetch. A receipt subscription begins with the first message that names it.</summary>
public interface IPushReceiptStore
{
    /// <summary>Reads the receipts of a subscription, oldest first.</summary>
    /// <param name="subscription">The receipt subscription.</param>
    /// <param name="after">Those up to this sequence are removed: their reader has them. 0 for none.</param>
    /// <param name="limit">How many at most, 1 to 1 000.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The receipts; null if there is no such subscription, or it has expired.</returns>
    Task<IReadOnlyList<PushReceiptRecord>?> ReadAsync(string subscription, long after, int limit, long now, CancellationToken cancellationToken);

    /// <summary>Ends a receipt subscription.</summary>
    /// <param name="subscription">The receipt subscription.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string subscription, CancellationToken cancellationToken);
}
