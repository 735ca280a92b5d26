namespace Loop.Sdk.Server.Storage;

/// <summary>The tables of push. A message's <c>kind</c> is 0 if it has a topic, since those are delivered first.</summary>
internal static class PushMigrations
{
    public static IReadOnlyList<SqliteMigration> All { get; } = [new(5, Agents + Messages + Receipts + Sender)];

    private const string Agents = """
        CREATE TABLE push_agents(
            key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account TEXT, secret_hash BLOB NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL,
            messages INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX push_agents_by_account ON push_agents(account) WHERE account IS NOT NULL;
        CREATE INDEX push_agents_by_age ON push_agents(seen, id);
        CREATE TABLE push_subscriptions(
            key INTEGER PRIMARY KEY, agent INTEGER NOT NULL REFERENCES push_agents(key), channel TEXT NOT NULL, endpoint TEXT NOT NULL UNIQUE,
            server_key BLOB NOT NULL, created INTEGER NOT NULL, messages INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, UNIQUE (agent, channel)) STRICT;
        CREATE TABLE push_gone(endpoint TEXT PRIMARY KEY, gone INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX push_gone_by_age ON push_gone(gone);

        """;

    // The sums are kept by triggers, since messages end in many ways. A sequence is never given twice, which readers rely on.
    private const string Messages = """
        CREATE TABLE push_messages(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, agent INTEGER NOT NULL REFERENCES push_agents(key),
            subscription INTEGER REFERENCES push_subscriptions(key), kind INTEGER NOT NULL, topic TEXT, version INTEGER, urgency INTEGER NOT NULL, sent INTEGER NOT NULL,
            expires INTEGER NOT NULL, encoding TEXT, encryption TEXT, crypto_key TEXT, receipts TEXT, body BLOB NOT NULL, UNIQUE (subscription, topic)) STRICT;
        CREATE INDEX push_messages_by_agent ON push_messages(agent, kind, sequence, urgency, expires);
        CREATE INDEX push_messages_by_expiry ON push_messages(expires);
        CREATE TRIGGER push_message_added AFTER INSERT ON push_messages BEGIN
            UPDATE push_agents SET messages = messages + 1, bytes = bytes + length(NEW.body) WHERE key = NEW.agent;
            UPDATE push_subscriptions SET messages = messages + 1, bytes = bytes + length(NEW.body) WHERE key = NEW.subscription;
        END;
        CREATE TRIGGER push_message_removed AFTER DELETE ON push_messages BEGIN
            UPDATE push_agents SET messages = messages - 1, bytes = bytes - length(OLD.body) WHERE key = OLD.agent;
            UPDATE push_subscriptions SET messages = messages - 1, bytes = bytes - length(OLD.body) WHERE key = OLD.subscription;
        END;

        """;

    private const string Receipts = """
        CREATE TABLE push_receipt_subscriptions(id TEXT PRIMARY KEY, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX push_receipt_subscriptions_by_expiry ON push_receipt_subscriptions(expires);
        CREATE TABLE push_receipts(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, subscription TEXT NOT NULL REFERENCES push_receipt_subscriptions(id) ON DELETE CASCADE,
            message TEXT NOT NULL, outcome INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE INDEX push_receipts_by_subscription ON push_receipts(subscription, sequence);

        """;

    private const string Sender = """
        CREATE TABLE push_secrets(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE push_foreign(
            key INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, url TEXT NOT NULL, public_key BLOB NOT NULL, auth BLOB NOT NULL, created INTEGER NOT NULL,
            UNIQUE (account, url)) STRICT;
        """;
}
