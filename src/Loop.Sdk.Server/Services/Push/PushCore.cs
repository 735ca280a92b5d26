using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

/// <summary>What all ways to push share: agents, subscriptions, and messages from their acceptance to their end.</summary>
internal sealed class PushCore
{
    private readonly PushQuota _quota;

    public PushCore(IPushStorage storage, IOptions<PushOptions> options, TimeProvider time, PushAddresses addresses, PushMetrics metrics, ILogger<PushCore> logger)
    {
        Storage = storage;
        Options = options.Value;
        Time = time;
        Addresses = addresses;
        Metrics = metrics;
        Log = new PushLog(logger);
        Attachments = new PushAttachments(this);
        Acknowledgements = new AcknowledgementQueue(this);
        Agents = new PushAgents(this);
        _quota = new PushQuota(Options.MaxSubscriptionMessages, Options.MaxSubscriptionBytes, Options.MaxAccountMessages, Options.MaxAccountBytes);
    }

    public IPushStorage Storage { get; }

    public PushOptions Options { get; }

    public TimeProvider Time { get; }

    public PushAddresses Addresses { get; }

    public PushMetrics Metrics { get; }

    public PushLog Log { get; }

    public PushAttachments Attachments { get; }

    public AcknowledgementQueue Acknowledgements { get; }

    public PushAgents Agents { get; }

    public ReceiptSignals Receipts { get; } = new();

    /// <summary>The time, ms since 1970.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes a message: it is on the disk first, then a connected agent is told. One that may not wait goes to a connected agent, or nowhere.</summary>
    /// <param name="message">The message.</param>
    /// <param name="agent">Whose it is.</param>
    /// <param name="channel">The agent's channel, or null.</param>
    /// <param name="cancellationToken">Gives up, if it is not being stored yet.</param>
    /// <returns>What came of it, and whether it is on its way to a connected agent.</returns>
    public async Task<(PushStoreOutcome Outcome, bool IsLive)> AcceptAsync(NewPushMessage message, string agent, string? channel, CancellationToken cancellationToken)
    {
        var sequence = 0L;
        if (message.ExpiresAt > message.SentAt)
        {
            var stored = await Storage.Messages.StoreAsync(message, _quota, cancellationToken).ConfigureAwait(false);
            if (stored.Outcome != PushStoreOutcome.Done)
            {
                return (stored.Outcome, false);
            }

            sequence = stored.Sequence;
            if (stored.Replaced is { } replaced)
            {
                Attachments.RouteOf(agent)?.Withdraw(replaced);
            }
        }

        var isLive = Attachments.RouteOf(agent)?.Offer(new PushMessageRecord
        {
            Sequence = sequence,
            Id = message.Id,
            Channel = channel,
            Topic = message.Topic,
            Body = message.Body,
            Encoding = message.Encoding,
            Encryption = message.Encryption,
            CryptoKey = message.CryptoKey,
            Urgency = message.Urgency,
            SentAt = message.SentAt,
            ExpiresAt = message.ExpiresAt,
        });
        return (PushStoreOutcome.Done, isLive == true);
    }

    /// <summary>Ends messages that an agent is done with.</summary>
    public async Task AcknowledgeAsync(string agent, IReadOnlyList<(string Id, PushOutcome Outcome)> messages)
    {
        await Acknowledgements.AddAsync(messages.Select(message => new PushAcknowledgementRecord(agent, message.Id, message.Outcome))).ConfigureAwait(false);
        foreach (var group in messages.GroupBy(static message => message.Outcome))
        {
            Metrics.Ended(group.Key, group.Count());
        }

        Attachments.RouteOf(agent)?.Acknowledge([.. messages.Select(static message => message.Id)]);
    }

    /// <summary>Takes a message back for its sender.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (await Storage.Messages.CancelAsync(id, Now, cancellationToken).ConfigureAwait(false) is not { } agent)
        {
            return false;
        }

        Attachments.RouteOf(agent)?.Withdraw(id);
        return true;
    }

    /// <summary>Tells those who wait for receipts.</summary>
    public void Told(PushEnded ended) => Receipts.Signal(ended.Receipts);
}
