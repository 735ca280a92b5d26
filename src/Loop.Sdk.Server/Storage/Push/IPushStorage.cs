namespace Loop.Sdk.Server.Storage;

/// <summary>What the push service keeps. Everything that a task says it did is kept when the task ends; what fails leaves nothing behind.</summary>
/// <remarks>
/// Another database is another implementation of this interface and its parts; the conformance suite in the repository's tests says whether it is one. Times are milliseconds since
/// 1970 and given by the caller. Any member throws <see cref="LoopException"/>: <c>invalid_record</c>, <c>store_unavailable</c>, <c>closed</c>.
/// </remarks>
public interface IPushStorage
{
    /// <summary>Agents and their subscriptions.</summary>
    IPushAgentStore Agents { get; }

    /// <summary>Messages that were not delivered yet.</summary>
    IPushMessageStore Messages { get; }

    /// <summary>What senders are told of their messages' ends.</summary>
    IPushReceiptStore Receipts { get; }

    /// <summary>What the server needs to send messages itself.</summary>
    IPushSenderStore Sender { get; }

    /// <summary>Removes a part of what has expired: messages, with receipts; receipts themselves; agents that were not seen for long, with all that is theirs; traces of endpoints.</summary>
    /// <param name="sweep">What has expired.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PushSweepResult> SweepAsync(PushSweep sweep, CancellationToken cancellationToken);
}
