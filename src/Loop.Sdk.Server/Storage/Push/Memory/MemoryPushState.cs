namespace Loop.Sdk.Server.Storage;

/// <summary>Everything that the memory store of push has. Used under its lock only.</summary>
internal sealed class MemoryPushState
{
    private readonly Lock _lock = new();

    public Dictionary<string, MemoryPushAgent> Agents { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<MemoryPushAgent>> Accounts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, MemoryPushSubscription> Endpoints { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Gone { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, MemoryPushMessage> Messages { get; } = new(StringComparer.Ordinal);

    public SortedSet<(long ExpiresAt, string Id)> Expiries { get; } = new(Comparer<(long ExpiresAt, string Id)>.Create(static (one, other) =>
        one.ExpiresAt != other.ExpiresAt ? one.ExpiresAt.CompareTo(other.ExpiresAt) : string.CompareOrdinal(one.Id, other.Id)));

    public Dictionary<string, MemoryReceipts> Receipts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ReadOnlyMemory<byte>> Secrets { get; } = new(StringComparer.Ordinal);

    public List<ForeignEndpointRecord> Foreign { get; } = [];

    public long LastMessage { get; set; }

    public long LastReceipt { get; set; }

    public Task<T> Run<T>(Func<T> run)
    {
        lock (_lock)
        {
            return Task.FromResult(run());
        }
    }

    public List<MemoryPushAgent> Of(string account) => Accounts.GetValueOrDefault(account) ?? [];

    public void Add(PushAgentRecord record)
    {
        var agent = new MemoryPushAgent(record);
        Agents.Add(record.Id, agent);
        if (record.Account is { } account)
        {
            Accounts[account] = [.. Of(account), agent];
        }
    }

    /// <summary>Removes a message, and says what came of it to those who asked; null is nothing to tell.</summary>
    public void End(MemoryPushMessage message, PushOutcome? outcome, long now, ISet<string> told)
    {
        var record = message.Record;
        Messages.Remove(record.Id);
        Expiries.Remove((record.ExpiresAt, record.Id));
        message.Agent.Messages.Remove(message);
        message.Agent.Bytes -= record.Body.Length;
        if (message.Subscription is { } subscription)
        {
            subscription.Messages--;
            subscription.Bytes -= record.Body.Length;
            if (record.Topic is { } topic)
            {
                subscription.Topics.Remove(topic);
            }
        }

        if (outcome is { } end && message.Receipts is { } name && Receipts.TryGetValue(name, out var receipts))
        {
            receipts.Waiting.Enqueue(new PushReceiptRecord(++LastReceipt, record.Id, end, now));
            while (receipts.Waiting.Count > PushStorageLimits.MaxReceipts)
            {
                receipts.Waiting.Dequeue();
            }

            told.Add(name);
        }
    }

    public int End(MemoryPushSubscription subscription, long now, ISet<string> told)
    {
        var messages = subscription.Agent.Messages.Where(message => message.Subscription == subscription).ToList();
        messages.ForEach(message => End(message, PushOutcome.Unsubscribed, now, told));
        Endpoints.Remove(subscription.Record.Endpoint);
        Gone[subscription.Record.Endpoint] = now;
        subscription.Agent.Subscriptions.Remove(subscription.Record.Channel);
        return messages.Count;
    }

    public PushEnded End(MemoryPushAgent agent, long now)
    {
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var messages = agent.Messages.Count;
        var subscriptions = agent.Subscriptions.Values.ToList();
        agent.Messages.ToList().ForEach(message => End(message, PushOutcome.Unsubscribed, now, told));
        subscriptions.ForEach(subscription => End(subscription, now, told));
        Agents.Remove(agent.Record.Id);
        if (agent.Record.Account is { } account && Of(account) is var own && own.Remove(agent) && own.Count == 0)
        {
            Accounts.Remove(account);
        }

        return new(subscriptions.Count, messages, [.. told]);
    }
}
