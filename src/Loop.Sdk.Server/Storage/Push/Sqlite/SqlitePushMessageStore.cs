using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Storage;

/// <summary>Messages in a SQLite file.</summary>
internal sealed class SqlitePushMessageStore(SqliteDatabase database) : IPushMessageStore
{
    private const string Insert = """
        INSERT INTO push_messages(id, agent, subscription, kind, topic, urgency, sent, expires, encoding, encryption, crypto_key, receipts, body, version)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) RETURNING sequence
        """;

    private const string Read = """
        SELECT m.sequence, m.id, s.channel, m.topic, m.urgency, m.sent, m.expires, m.encoding, m.encryption, m.crypto_key, m.body
        FROM push_messages m LEFT JOIN push_subscriptions s ON s.key = m.subscription
        WHERE m.agent = ?1 AND m.kind = ?2 AND m.sequence > ?3 AND m.sequence <= ?4 ORDER BY m.sequence LIMIT ?5
        """;

    public Task<PushStoreResult> StoreAsync(NewPushMessage message, PushQuota quota, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(message, quota);
        return database.WriteAsync(session => Store(session, message, quota), cancellationToken);
    }

    public Task<long> HeadAsync(CancellationToken cancellationToken) =>
        database.ReadOneAsync(static session => session.Prepare("SELECT seq FROM sqlite_sequence WHERE name = 'push_messages'").First(static row => row.Number(0)), cancellationToken);

    public Task<IReadOnlyList<PushMessageRecord>> ReadAsync(string agent, PushCursor after, long head, int limit, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(agent, "agent");
        PushRecordGuard.Limit(limit);
        return database.ReadAsync<IReadOnlyList<PushMessageRecord>>(
            session => PushRows.AgentKey(session, agent) is { } key
                ? session.Prepare(Read).Bind(key).Bind(after.IsPlain).Bind(after.Sequence).Bind(head).Bind((long)limit).ToList(PushRows.Message)
                : [],
            cancellationToken);
    }

    public Task<bool> HasUrgentAsync(string agent, PushUrgency least, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(agent, "agent");
        return database.ReadAsync(
            session => session.Prepare("SELECT 1 FROM push_messages m JOIN push_agents a ON a.key = m.agent WHERE a.id = ?1 AND m.urgency >= ?2 AND m.expires > ?3 LIMIT 1")
                .Bind(agent).Bind((long)least).Bind(now).First(static _ => true),
            cancellationToken);
    }

    public Task<PushEnded> AcknowledgeAsync(IReadOnlyList<PushAcknowledgementRecord> acknowledgements, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(acknowledgements);
        PushRecordGuard.Time(now);
        return database.WriteAsync(
            session =>
            {
                var told = new SortedSet<string>(StringComparer.Ordinal);
                var count = 0;
                foreach (var (agent, id, outcome) in acknowledgements)
                {
                    var sequence = session.Prepare("SELECT m.sequence FROM push_messages m JOIN push_agents a ON a.key = m.agent WHERE m.id = ?1 AND a.id = ?2")
                        .Bind(id).Bind(agent).First(static row => row.Number(0));
                    count += sequence > 0 && PushRows.EndMessage(session, sequence, outcome, now, told) ? 1 : 0;
                }

                return new PushEnded(0, count, [.. told]);
            },
            cancellationToken);
    }

    public Task<string?> CancelAsync(string id, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "message");
        return database.WriteAsync(
            session =>
            {
                var agent = session.Prepare("SELECT a.id FROM push_messages m JOIN push_agents a ON a.key = m.agent WHERE m.id = ?1 AND m.expires > ?2")
                    .Bind(id).Bind(now).First(static row => row.Text(0));
                if (agent is not null)
                {
                    session.Prepare("DELETE FROM push_messages WHERE id = ?1").Bind(id).Run();
                }

                return agent;
            },
            cancellationToken);
    }

    public Task<bool> ExistsAsync(string id, long now, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(id, "message");
        return database.ReadAsync(
            session => session.Prepare("SELECT 1 FROM push_messages WHERE id = ?1 AND expires > ?2").Bind(id).Bind(now).First(static _ => true), cancellationToken);
    }

    private static PushStoreResult Store(SqliteSession session, NewPushMessage message, PushQuota quota)
    {
        if (PushAddressee.Find(session, message) is not { } addressee)
        {
            return new(PushStoreOutcome.Gone, 0, null);
        }

        // What is replaced makes room for what replaces it.
        var replaced = message.Topic is null || addressee.Subscription is not { } subscription
            ? default
            : session.Prepare("SELECT id, length(body), version FROM push_messages WHERE subscription = ?1 AND topic = ?2").Bind(subscription).Bind(message.Topic)
                .First(static row => (Id: row.TextOrNull(0), Bytes: row.Number(1), Version: row.IsNull(2) ? (long?)null : row.Number(2)));
        if (message.Version is { } version && replaced.Version >= version)
        {
            return new(PushStoreOutcome.Superseded, 0, null);
        }

        if (addressee.FindFull(session, replaced.Id is null ? 1 : 0, message.Body.Length - replaced.Bytes, quota) is { } full)
        {
            return new(full, 0, null);
        }

        if (replaced.Id is not null)
        {
            session.Prepare("DELETE FROM push_messages WHERE id = ?1").Bind(replaced.Id).Run();
        }

        if (message.Receipts is { } receipts)
        {
            session.Prepare("INSERT INTO push_receipt_subscriptions(id, expires) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET expires = max(expires, excluded.expires)")
                .Bind(receipts).Bind(message.ReceiptsExpireAt).Run();
        }

        var sequence = session.Prepare(Insert)
            .Bind(message.Id).Bind(addressee.Agent).Bind(addressee.Subscription).Bind(message.Topic is null).Bind(message.Topic).Bind((long)message.Urgency)
            .Bind(message.SentAt).Bind(message.ExpiresAt).Bind(message.Encoding).Bind(message.Encryption).Bind(message.CryptoKey).Bind(message.Receipts).Bind(message.Body)
            .Bind(message.Version)
            .First(static row => row.Number(0));
        return new(PushStoreOutcome.Done, sequence, replaced.Id);
    }
}
