using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Storage;

/// <summary>Rows of push, and what ends them. Everything here runs inside of a transaction.</summary>
internal static class PushRows
{
    public const string AgentColumns = "id, account, secret_hash, created, seen";

    public const string SubscriptionColumns = "a.id, a.account, s.channel, s.endpoint, s.server_key, s.created FROM push_subscriptions s JOIN push_agents a ON a.key = s.agent";

    public static PushAgentRecord Agent(SqliteStatement row) => new()
    {
        Id = row.Text(0),
        Account = row.TextOrNull(1),
        SecretHash = row.Blob(2),
        CreatedAt = row.Number(3),
        SeenAt = row.Number(4),
    };

    public static PushSubscriptionRecord Subscription(SqliteStatement row) => new()
    {
        Agent = row.Text(0),
        Account = row.TextOrNull(1),
        Channel = row.Text(2),
        Endpoint = row.Text(3),
        ServerKey = row.Blob(4),
        CreatedAt = row.Number(5),
    };

    public static PushMessageRecord Message(SqliteStatement row) => new()
    {
        Sequence = row.Number(0),
        Id = row.Text(1),
        Channel = row.TextOrNull(2),
        Topic = row.TextOrNull(3),
        Urgency = (PushUrgency)row.Int(4),
        SentAt = row.Number(5),
        ExpiresAt = row.Number(6),
        Encoding = row.TextOrNull(7),
        Encryption = row.TextOrNull(8),
        CryptoKey = row.TextOrNull(9),
        Body = row.Blob(10),
    };

    public static long? AgentKey(SqliteSession session, string id) => session.Prepare("SELECT key FROM push_agents WHERE id = ?1").Bind(id).First(static row => (long?)row.Number(0));

    public static PushSubscriptionRecord? FindSubscription(SqliteSession session, string agent, string channel) =>
        session.Prepare($"SELECT {SubscriptionColumns} WHERE a.id = ?1 AND s.channel = ?2").Bind(agent).Bind(channel).First(Subscription);

    /// <summary>Removes a message, and tells the receipt subscription that asked, if it is still there.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool EndMessage(SqliteSession session, long sequence, PushOutcome outcome, long now, ISet<string> told)
    {
        Tell(session, "sequence = ?3", sequence, outcome, now, told);
        return session.Prepare("DELETE FROM push_messages WHERE sequence = ?1").Bind(sequence).Run() > 0;
    }

    public static PushEnded EndSubscription(SqliteSession session, string agent, string channel, long now)
    {
        var key = session.Prepare("SELECT s.key FROM push_subscriptions s JOIN push_agents a ON a.key = s.agent WHERE a.id = ?1 AND s.channel = ?2")
            .Bind(agent).Bind(channel).First(static row => (long?)row.Number(0));
        if (key is not { } subscription)
        {
            return PushEnded.Nothing;
        }

        var told = new SortedSet<string>(StringComparer.Ordinal);
        Tell(session, "subscription = ?3", subscription, PushOutcome.Unsubscribed, now, told);
        var messages = session.Prepare("DELETE FROM push_messages WHERE subscription = ?1").Bind(subscription).Run();
        session.Prepare("INSERT INTO push_gone(endpoint, gone) SELECT endpoint, ?2 FROM push_subscriptions WHERE key = ?1").Bind(subscription).Bind(now).Run();
        session.Prepare("DELETE FROM push_subscriptions WHERE key = ?1").Bind(subscription).Run();
        return new(1, messages, [.. told]);
    }

    public static PushEnded EndAgent(SqliteSession session, string id, long now)
    {
        if (AgentKey(session, id) is not { } agent)
        {
            return PushEnded.Nothing;
        }

        var told = new SortedSet<string>(StringComparer.Ordinal);
        Tell(session, "agent = ?3", agent, PushOutcome.Unsubscribed, now, told);
        var messages = session.Prepare("DELETE FROM push_messages WHERE agent = ?1").Bind(agent).Run();
        session.Prepare("INSERT INTO push_gone(endpoint, gone) SELECT endpoint, ?2 FROM push_subscriptions WHERE agent = ?1").Bind(agent).Bind(now).Run();
        var subscriptions = session.Prepare("DELETE FROM push_subscriptions WHERE agent = ?1").Bind(agent).Run();
        session.Prepare("DELETE FROM push_agents WHERE key = ?1").Bind(agent).Run();
        return new(subscriptions, messages, [.. told]);
    }

    private static void Tell(SqliteSession session, string which, long key, PushOutcome outcome, long now, ISet<string> told)
    {
        var subscriptions = session.Prepare(
                $"""
                INSERT INTO push_receipts(subscription, message, outcome, at)
                SELECT m.receipts, m.id, ?1, ?2 FROM push_messages m JOIN push_receipt_subscriptions r ON r.id = m.receipts WHERE m.{which} ORDER BY m.kind, m.sequence
                RETURNING subscription
                """)
            .Bind((long)outcome).Bind(now).Bind(key).ToList(static row => row.Text(0));
        foreach (var subscription in subscriptions.Distinct(StringComparer.Ordinal))
        {
            told.Add(subscription);
            session.Prepare(
                    """
                    DELETE FROM push_receipts WHERE subscription = ?1 AND sequence <=
                        (SELECT sequence FROM push_receipts WHERE subscription = ?1 ORDER BY sequence DESC LIMIT 1 OFFSET ?2)
                    """)
                .Bind(subscription).Bind((long)PushStorageLimits.MaxReceipts).Run();
        }
    }
}
