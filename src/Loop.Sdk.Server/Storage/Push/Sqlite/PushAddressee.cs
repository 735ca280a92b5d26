namespace Loop.Sdk.Server.Storage;

/// <summary>Whom a message is for, and how much waits there.</summary>
internal sealed record PushAddressee(long Agent, string? Account, long? Subscription, long SubscriptionMessages, long SubscriptionBytes, long AgentMessages, long AgentBytes)
{
    private const string OfEndpoint = """
        SELECT a.key, a.account, s.key, s.messages, s.bytes, a.messages, a.bytes FROM push_subscriptions s JOIN push_agents a ON a.key = s.agent WHERE s.endpoint = ?1
        """;

    private const string OfAgent = "SELECT key, account, NULL, 0, 0, messages, bytes FROM push_agents WHERE id = ?1";

    public static PushAddressee? Find(SqliteSession session, NewPushMessage message) =>
        session.Prepare(message.Endpoint is null ? OfAgent : OfEndpoint).Bind(message.Endpoint ?? message.Agent).First(static row => new PushAddressee(
            row.Number(0), row.TextOrNull(1), row.IsNull(2) ? null : row.Number(2), row.Number(3), row.Number(4), row.Number(5), row.Number(6)));

    /// <summary>What is too full for so much more, if anything is.</summary>
    public PushStoreOutcome? FindFull(SqliteSession session, int messages, long bytes, PushQuota quota)
    {
        if (Subscription is not null && (SubscriptionMessages + messages > quota.SubscriptionMessages || SubscriptionBytes + bytes > quota.SubscriptionBytes))
        {
            return PushStoreOutcome.SubscriptionFull;
        }

        var (count, size) = Account is null
            ? (AgentMessages, AgentBytes)
            : session.Prepare("SELECT sum(messages), sum(bytes) FROM push_agents WHERE account = ?1").Bind(Account).First(static row => (row.Number(0), row.Number(1)));
        return count + messages > quota.AccountMessages || size + bytes > quota.AccountBytes ? PushStoreOutcome.AccountFull : null;
    }
}
