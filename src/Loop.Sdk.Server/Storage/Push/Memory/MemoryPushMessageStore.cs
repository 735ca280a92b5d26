using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryPushMessageStore(MemoryPushState state) : IPushMessageStore
{
    public Task<PushStoreResult> StoreAsync(NewPushMessage message, PushQuota quota, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(message, quota);
        return state.Run(() => Store(message, quota));
    }

    public Task<long> HeadAsync(CancellationToken cancellationToken) => state.Run(() => state.LastMessage);

    public Task<IReadOnlyList<PushMessageRecord>> ReadAsync(string agent, PushCursor after, long head, int limit, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(agent, "agent");
        PushRecordGuard.Limit(limit);
        return state.Run<IReadOnlyList<PushMessageRecord>>(() => state.Agents.TryGetValue(agent, out var found) ? [.. Read(found, after, head).Take(limit)] : []);
    }

    public Task<bool> HasUrgentAsync(string agent, PushUrgency least, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(agent, "agent");
        return state.Run(() => state.Agents.TryGetValue(agent, out var found)
            && found.Messages.Any(message => message.Record.Urgency >= least && message.Record.ExpiresAt > now));
    }

    public Task<PushEnded> AcknowledgeAsync(IReadOnlyList<PushAcknowledgementRecord> acknowledgements, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(acknowledgements);
        PushRecordGuard.Time(now);
        return state.Run(() =>
        {
            var told = new SortedSet<string>(StringComparer.Ordinal);
            var count = 0;
            foreach (var (agent, id, outcome) in acknowledgements)
            {
                if (state.Messages.TryGetValue(id, out var message) && message.Agent.Record.Id == agent)
                {
                    state.End(message, outcome, now, told);
                    count++;
                }
            }

            return new PushEnded(0, count, [.. told]);
        });
    }

    public Task<string?> CancelAsync(string id, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "message");
        return state.Run(() =>
        {
            if (!state.Messages.TryGetValue(id, out var message) || message.Record.ExpiresAt <= now)
            {
                return null;
            }

            state.End(message, outcome: null, now, new HashSet<string>());
            return message.Agent.Record.Id;
        });
    }

    public Task<bool> ExistsAsync(string id, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "message");
        return state.Run(() => state.Messages.TryGetValue(id, out var message) && message.Record.ExpiresAt > now);
    }

    // A view of a sorted set begins where it begins, without looking at what is before.
    private static IEnumerable<PushMessageRecord> Read(MemoryPushAgent agent, PushCursor after, long head) => after.Sequence >= head
        ? []
        : agent.Messages.GetViewBetween(MemoryPushMessage.At(after with { Sequence = after.Sequence + 1 }), MemoryPushMessage.At(after with { Sequence = head }))
            .Select(static message => message.Record);

    private PushStoreResult Store(NewPushMessage message, PushQuota quota)
    {
        var subscription = message.Endpoint is null ? null : state.Endpoints.GetValueOrDefault(message.Endpoint);
        if ((subscription?.Agent ?? (message.Agent is null ? null : state.Agents.GetValueOrDefault(message.Agent))) is not { } agent)
        {
            return new(PushStoreOutcome.Gone, 0, null);
        }

        // What is replaced makes room for what replaces it.
        var replaced = message.Topic is { } topic ? subscription?.Topics.GetValueOrDefault(topic) : null;
        if (message.Version is { } version && replaced?.Version >= version)
        {
            return new(PushStoreOutcome.Superseded, 0, null);
        }

        if (FindFull(message, agent, subscription, replaced, quota) is { } full)
        {
            return new(full, 0, null);
        }

        if (replaced is not null)
        {
            state.End(replaced, outcome: null, message.SentAt, new HashSet<string>());
        }

        var kept = new MemoryPushMessage(agent, subscription, Record(message, subscription), message.Receipts, message.Version);
        Add(kept);
        if (message.Receipts is { } name)
        {
            if (!state.Receipts.TryGetValue(name, out var receipts))
            {
                state.Receipts.Add(name, receipts = new MemoryReceipts());
            }

            receipts.ExpiresAt = Math.Max(receipts.ExpiresAt, message.ReceiptsExpireAt);
        }

        return new(PushStoreOutcome.Done, kept.Record.Sequence, replaced?.Record.Id);
    }

    private PushStoreOutcome? FindFull(NewPushMessage message, MemoryPushAgent agent, MemoryPushSubscription? subscription, MemoryPushMessage? replaced, PushQuota quota)
    {
        var messages = replaced is null ? 1 : 0;
        var bytes = message.Body.Length - (replaced?.Record.Body.Length ?? 0);
        if (subscription is not null && (subscription.Messages + messages > quota.SubscriptionMessages || subscription.Bytes + bytes > quota.SubscriptionBytes))
        {
            return PushStoreOutcome.SubscriptionFull;
        }

        var own = agent.Record.Account is { } account ? state.Of(account) : [agent];
        var (count, size) = own.Aggregate((Count: 0L, Size: 0L), static (sum, one) => (sum.Count + one.Messages.Count, sum.Size + one.Bytes));
        return count + messages > quota.AccountMessages || size + bytes > quota.AccountBytes ? PushStoreOutcome.AccountFull : null;
    }

    private PushMessageRecord Record(NewPushMessage message, MemoryPushSubscription? subscription) => new()
    {
        Sequence = ++state.LastMessage,
        Id = message.Id,
        Channel = subscription?.Record.Channel,
        Topic = message.Topic,
        Body = message.Body,
        Encoding = message.Encoding,
        Encryption = message.Encryption,
        CryptoKey = message.CryptoKey,
        Urgency = message.Urgency,
        SentAt = message.SentAt,
        ExpiresAt = message.ExpiresAt,
    };

    private void Add(MemoryPushMessage message)
    {
        var record = message.Record;
        state.Messages.Add(record.Id, message);
        state.Expiries.Add((record.ExpiresAt, record.Id));
        message.Agent.Messages.Add(message);
        message.Agent.Bytes += record.Body.Length;
        if (message.Subscription is { } subscription)
        {
            subscription.Messages++;
            subscription.Bytes += record.Body.Length;
            if (record.Topic is { } topic)
            {
                subscription.Topics[topic] = message;
            }
        }
    }
}
