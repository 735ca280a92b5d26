namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryPushAgentStore(MemoryPushState state) : IPushAgentStore
{
    public Task<PushEnded> AddAsync(PushAgentRecord agent, int accountLimit, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(agent);
        PushRecordGuard.Range(accountLimit, 1, int.MaxValue, "number of agents");
        return state.Run(() =>
        {
            var ended = PushEnded.Nothing;
            if (agent.Account is not null && state.Of(agent.Account) is var own && own.Count >= accountLimit)
            {
                ended = state.End(own.MinBy(static one => (one.Record.SeenAt, one.Record.CreatedAt, one.Record.Id))!, agent.SeenAt);
            }

            state.Add(agent);
            return ended;
        });
    }

    public Task<PushAgentRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "agent");
        return state.Run(() => state.Agents.GetValueOrDefault(id)?.Record);
    }

    public Task<IReadOnlyList<PushAgentRecord>> ListAsync(string account, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(account, "account");
        return state.Run<IReadOnlyList<PushAgentRecord>>(() =>
            [.. state.Of(account).Select(static agent => agent.Record).OrderBy(static agent => agent.CreatedAt).ThenBy(static agent => agent.Id, StringComparer.Ordinal)]);
    }

    public Task TouchAsync(string id, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "agent");
        PushRecordGuard.Time(now);
        return state.Run(() => state.Agents.TryGetValue(id, out var agent) ? agent.Record = agent.Record with { SeenAt = now } : null);
    }

    public Task<PushEnded> RemoveAsync(string id, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "agent");
        PushRecordGuard.Time(now);
        return state.Run(() => state.Agents.TryGetValue(id, out var agent) ? state.End(agent, now) : PushEnded.Nothing);
    }

    public Task<PushSubscribeResult> SubscribeAsync(NewPushSubscription subscription, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(subscription);
        return state.Run(() => Subscribe(subscription));
    }

    public Task<PushEnded> UnsubscribeAsync(string agent, string channel, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Time(now);
        return state.Run(() =>
        {
            if (Find(agent, channel) is not { } subscription)
            {
                return PushEnded.Nothing;
            }

            var told = new SortedSet<string>(StringComparer.Ordinal);
            return new PushEnded(1, state.End(subscription, now, told), [.. told]);
        });
    }

    public Task<PushSubscriptionRecord?> RotateAsync(string agent, string channel, string endpoint, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(endpoint, "endpoint");
        PushRecordGuard.Time(now);
        return state.Run(() =>
        {
            if (Find(agent, channel) is not { } subscription)
            {
                return null;
            }

            state.Endpoints.Remove(subscription.Record.Endpoint);
            state.Gone[subscription.Record.Endpoint] = now;
            state.Endpoints.Add(endpoint, subscription);
            return subscription.Record = subscription.Record with { Endpoint = endpoint };
        });
    }

    public Task<IReadOnlyList<PushSubscriptionRecord>> ListSubscriptionsAsync(string agent, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(agent, "agent");
        return state.Run<IReadOnlyList<PushSubscriptionRecord>>(() =>
            state.Agents.TryGetValue(agent, out var found) ? [.. found.Subscriptions.Values.Select(static subscription => subscription.Record)] : []);
    }

    public Task<PushEndpointRecord> FindEndpointAsync(string endpoint, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(endpoint, "endpoint");
        return state.Run(() => state.Endpoints.TryGetValue(endpoint, out var found)
            ? new PushEndpointRecord(found.Record, IsGone: false)
            : new PushEndpointRecord(null, state.Gone.ContainsKey(endpoint)));
    }

    private MemoryPushSubscription? Find(string agent, string channel)
    {
        PushRecordGuard.Id(agent, "agent");
        PushRecordGuard.Id(channel, "channel");
        return state.Agents.GetValueOrDefault(agent)?.Subscriptions.GetValueOrDefault(channel);
    }

    private PushSubscribeResult Subscribe(NewPushSubscription wanted)
    {
        if (!state.Agents.TryGetValue(wanted.Agent, out var agent))
        {
            return new(PushSubscribeOutcome.AgentGone, null);
        }

        if (agent.Subscriptions.TryGetValue(wanted.Channel, out var known))
        {
            return known.Record.ServerKey.Span.SequenceEqual(wanted.ServerKey.Span) ? new(PushSubscribeOutcome.Exists, known.Record) : new(PushSubscribeOutcome.Conflict, null);
        }

        if (agent.Subscriptions.Count >= wanted.AgentLimit)
        {
            return new(PushSubscribeOutcome.TooMany, null);
        }

        var record = new PushSubscriptionRecord
        {
            Agent = wanted.Agent,
            Account = agent.Record.Account,
            Channel = wanted.Channel,
            Endpoint = wanted.Endpoint,
            ServerKey = wanted.ServerKey,
            CreatedAt = wanted.CreatedAt,
        };
        var subscription = new MemoryPushSubscription(agent, record);
        agent.Subscriptions.Add(wanted.Channel, subscription);
        state.Endpoints.Add(wanted.Endpoint, subscription);
        return new(PushSubscribeOutcome.Done, record);
    }
}
