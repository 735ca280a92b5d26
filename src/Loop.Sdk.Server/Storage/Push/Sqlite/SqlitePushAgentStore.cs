namespace Loop.Sdk.Server.Storage;

/// <summary>Agents and subscriptions in a SQLite file.</summary>
internal sealed class SqlitePushAgentStore(SqliteDatabase database) : IPushAgentStore
{
    public Task<PushEnded> AddAsync(PushAgentRecord agent, int accountLimit, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(agent);
        PushRecordGuard.Range(accountLimit, 1, int.MaxValue, "number of agents");
        return database.WriteAsync(session => Add(session, agent, accountLimit), cancellationToken);
    }

    public Task<PushAgentRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "agent");
        return database.ReadOneAsync(session => session.Prepare($"SELECT {PushRows.AgentColumns} FROM push_agents WHERE id = ?1").Bind(id).First(PushRows.Agent), cancellationToken);
    }

    public Task<IReadOnlyList<PushAgentRecord>> ListAsync(string account, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(account, "account");
        return database.ReadAsync<IReadOnlyList<PushAgentRecord>>(
            session => session.Prepare($"SELECT {PushRows.AgentColumns} FROM push_agents WHERE account = ?1 ORDER BY created, id").Bind(account).ToList(PushRows.Agent), cancellationToken);
    }

    public Task TouchAsync(string id, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "agent");
        PushRecordGuard.Time(now);
        return database.WriteAsync(session => session.Prepare("UPDATE push_agents SET seen = ?2 WHERE id = ?1").Bind(id).Bind(now).Run(), cancellationToken);
    }

    public Task<PushEnded> RemoveAsync(string id, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "agent");
        PushRecordGuard.Time(now);
        return database.WriteAsync(session => PushRows.EndAgent(session, id, now), cancellationToken);
    }

    public Task<PushSubscribeResult> SubscribeAsync(NewPushSubscription subscription, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(subscription);
        return database.WriteAsync(session => Subscribe(session, subscription), cancellationToken);
    }

    public Task<PushEnded> UnsubscribeAsync(string agent, string channel, long now, CancellationToken cancellationToken)
    {
        Check(agent, channel, now);
        return database.WriteAsync(session => PushRows.EndSubscription(session, agent, channel, now), cancellationToken);
    }

    public Task<PushSubscriptionRecord?> RotateAsync(string agent, string channel, string endpoint, long now, CancellationToken cancellationToken)
    {
        Check(agent, channel, now);
        PushRecordGuard.Id(endpoint, "endpoint");
        return database.WriteAsync(session => Rotate(session, agent, channel, endpoint, now), cancellationToken);
    }

    public Task<IReadOnlyList<PushSubscriptionRecord>> ListSubscriptionsAsync(string agent, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(agent, "agent");
        return database.ReadAsync<IReadOnlyList<PushSubscriptionRecord>>(
            session => session.Prepare($"SELECT {PushRows.SubscriptionColumns} WHERE a.id = ?1 ORDER BY s.channel").Bind(agent).ToList(PushRows.Subscription), cancellationToken);
    }

    public Task<PushEndpointRecord> FindEndpointAsync(string endpoint, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(endpoint, "endpoint");
        return database.ReadAsync(
            session => session.Prepare($"SELECT {PushRows.SubscriptionColumns} WHERE s.endpoint = ?1").Bind(endpoint).First(PushRows.Subscription) is { } subscription
                ? new PushEndpointRecord(subscription, IsGone: false)
                : new PushEndpointRecord(null, session.Prepare("SELECT 1 FROM push_gone WHERE endpoint = ?1").Bind(endpoint).First(static _ => true)),
            cancellationToken);
    }

    private static void Check(string agent, string channel, long now)
    {
        PushRecordGuard.Id(agent, "agent");
        PushRecordGuard.Id(channel, "channel");
        PushRecordGuard.Time(now);
    }

    private static PushEnded Add(SqliteSession session, PushAgentRecord agent, int accountLimit)
    {
        var ended = PushEnded.Nothing;
        if (agent.Account is { } account && session.Prepare("SELECT count(*) FROM push_agents WHERE account = ?1").Bind(account).First(static row => row.Number(0)) >= accountLimit)
        {
            var oldest = session.Prepare("SELECT id FROM push_agents WHERE account = ?1 ORDER BY seen, created, id LIMIT 1").Bind(account).First(static row => row.Text(0));
            ended = PushRows.EndAgent(session, oldest!, agent.SeenAt);
        }

        session.Prepare($"INSERT INTO push_agents({PushRows.AgentColumns}) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(agent.Id).Bind(agent.Account).Bind(agent.SecretHash).Bind(agent.CreatedAt).Bind(agent.SeenAt).Run();
        return ended;
    }

    private static PushSubscribeResult Subscribe(SqliteSession session, NewPushSubscription wanted)
    {
        if (PushRows.AgentKey(session, wanted.Agent) is not { } agent)
        {
            return new(PushSubscribeOutcome.AgentGone, null);
        }

        if (PushRows.FindSubscription(session, wanted.Agent, wanted.Channel) is { } known)
        {
            return known.ServerKey.Span.SequenceEqual(wanted.ServerKey.Span) ? new(PushSubscribeOutcome.Exists, known) : new(PushSubscribeOutcome.Conflict, null);
        }

        if (session.Prepare("SELECT count(*) FROM push_subscriptions WHERE agent = ?1").Bind(agent).First(static row => row.Number(0)) >= wanted.AgentLimit)
        {
            return new(PushSubscribeOutcome.TooMany, null);
        }

        session.Prepare("INSERT INTO push_subscriptions(agent, channel, endpoint, server_key, created) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(agent).Bind(wanted.Channel).Bind(wanted.Endpoint).Bind(wanted.ServerKey).Bind(wanted.CreatedAt).Run();
        return new(PushSubscribeOutcome.Done, PushRows.FindSubscription(session, wanted.Agent, wanted.Channel));
    }

    private static PushSubscriptionRecord? Rotate(SqliteSession session, string agent, string channel, string endpoint, long now)
    {
        if (PushRows.FindSubscription(session, agent, channel) is not { } subscription)
        {
            return null;
        }

        session.Prepare("INSERT INTO push_gone(endpoint, gone) VALUES (?1, ?2)").Bind(subscription.Endpoint).Bind(now).Run();
        session.Prepare("UPDATE push_subscriptions SET endpoint = ?2 WHERE endpoint = ?1").Bind(subscription.Endpoint).Bind(endpoint).Run();
        return subscription with { Endpoint = endpoint };
    }
}
