namespace Loop.Sdk.Server.Storage;

/// <summary>Messages, from their acceptance to their acknowledgement or expiry.</summary>
public interface IPushMessageStore
{
    /// <summary>Keeps a message. One of the same topic in the same subscription is replaced, without a receipt.</summary>
    /// <param name="message">The message; its id is new.</param>
    /// <param name="quota">How much may be kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PushStoreResult> StoreAsync(NewPushMessage message, PushQuota quota, CancellationToken cancellationToken);

    /// <summary>The highest sequence that any message was given; 0 before the first. Later messages have higher ones, and are committed in their order.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<long> HeadAsync(CancellationToken cancellationToken);

    /// <summary>Reads on in the messages that have topics, or in the others, by sequence. Those that have expired are among them, so that a page is bounded in work.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="after">Where to go on: after this one.</param>
    /// <param name="head">The highest sequence to read.</param>
    /// <param name="limit">How many at most, 1 to 1 000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<PushMessageRecord>> ReadAsync(string agent, PushCursor after, long head, int limit, CancellationToken cancellationToken);

    /// <summary>Whether an agent has a message that is so urgent, and has not expired.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="least">The least urgency.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> HasUrgentAsync(string agent, Sdk.Push.PushUrgency least, long now, CancellationToken cancellationToken);

    /// <summary>Removes messages that were delivered, or could not be, with receipts. What is not there, or another agent's, is left out.</summary>
    /// <param name="acknowledgements">Which, at most 1 000.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PushEnded> AcknowledgeAsync(IReadOnlyList<PushAcknowledgementRecord> acknowledgements, long now, CancellationToken cancellationToken);

    /// <summary>Removes a message that its sender takes back, without a receipt.</summary>
    /// <param name="id">The message.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The agent that will not get it; null if there was no such message.</returns>
    Task<string?> CancelAsync(string id, long now, CancellationToken cancellationToken);

    /// <summary>Whether a message waits for its delivery.</summary>
    /// <param name="id">The message.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> ExistsAsync(string id, long now, CancellationToken cancellationToken);
}
