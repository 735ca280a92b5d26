using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Storage;

/// <summary>Checks what a store of push is given, so that all stores refuse the same things: <c>invalid_record</c>.</summary>
public static class PushRecordGuard
{
    /// <summary>Checks an agent.</summary>
    /// <param name="agent">The agent.</param>
    public static void Check(PushAgentRecord agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        Id(agent.Id, "agent");
        if (agent.Account is not null)
        {
            Id(agent.Account, "account");
        }

        Range(agent.SecretHash.Length, 16, PushStorageLimits.MaxSecret, "length of the hash");
        Time(agent.CreatedAt);
        Time(agent.SeenAt);
    }

    /// <summary>Checks a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    public static void Check(NewPushSubscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        Id(subscription.Agent, "agent");
        Id(subscription.Channel, "channel");
        Id(subscription.Endpoint, "endpoint");
        Range(subscription.ServerKey.Length, 0, PushStorageLimits.MaxSecret, "length of the key");
        Range(subscription.AgentLimit, 1, int.MaxValue, "number of subscriptions");
        Time(subscription.CreatedAt);
    }

    /// <summary>Checks a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="quota">What it counts against.</param>
    public static void Check(NewPushMessage message, PushQuota quota)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(quota);
        Id(message.Id, "message");
        Id(message.Endpoint ?? message.Agent, "endpoint");
        Range((message.Endpoint is null ? 0 : 1) + (message.Agent is null ? 0 : 1), 1, 1, "number of addressees");
        Range(message.Body.Length, 0, PushStorageLimits.MaxBody, "length of the body");
        RoomRecordGuard.Text(message.Topic, RoomStorageLimits.MaxId, "topic");
        RoomRecordGuard.Text(message.Encoding, RoomStorageLimits.MaxId, "encoding");
        RoomRecordGuard.Text(message.Encryption, PushStorageLimits.MaxHeader, "encryption");
        RoomRecordGuard.Text(message.CryptoKey, PushStorageLimits.MaxHeader, "key");
        RoomRecordGuard.Text(message.Receipts, RoomStorageLimits.MaxId, "receipt subscription");
        Range((int)message.Urgency, (int)PushUrgency.VeryLow, (int)PushUrgency.High, "urgency");
        Range(message.Version ?? 0, 0, long.MaxValue, "version");
        Time(message.SentAt);
        Time(message.ExpiresAt);
        Time(message.ReceiptsExpireAt);
    }

    /// <summary>Checks acknowledgements.</summary>
    /// <param name="acknowledgements">The acknowledgements.</param>
    public static void Check(IReadOnlyList<PushAcknowledgementRecord> acknowledgements)
    {
        ArgumentNullException.ThrowIfNull(acknowledgements);
        Range(acknowledgements.Count, 0, PushStorageLimits.MaxItems, "number of acknowledgements");
        foreach (var acknowledgement in acknowledgements)
        {
            Id(acknowledgement.Agent, "agent");
            Id(acknowledgement.Id, "message");
            Range((int)acknowledgement.Outcome, (int)PushOutcome.Delivered, (int)PushOutcome.Unsubscribed, "outcome");
        }
    }

    /// <summary>Checks a subscription with another push service.</summary>
    /// <param name="endpoint">The subscription.</param>
    public static void Check(ForeignEndpointRecord endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Id(endpoint.Account, "account");
        Url(endpoint.Url);
        Range(endpoint.PublicKey.Length, 1, PushStorageLimits.MaxSecret, "length of the key");
        Range(endpoint.Auth.Length, 1, PushStorageLimits.MaxSecret, "length of the secret");
        Time(endpoint.CreatedAt);
    }

    /// <summary>Checks a sweep.</summary>
    /// <param name="sweep">The sweep.</param>
    public static void Check(PushSweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        Time(sweep.Now);
        Time(sweep.AgentsBefore);
        Time(sweep.GoneBefore);
        Limit(sweep.Limit);
    }

    /// <summary>Checks the name of a secret, and the secret.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The secret.</param>
    public static void Secret(string name, ReadOnlyMemory<byte> value)
    {
        Id(name, "name");
        Range(value.Length, 1, PushStorageLimits.MaxSecret, "length of the secret");
    }

    /// <summary>Checks a URL.</summary>
    /// <param name="url">The URL.</param>
    public static void Url(string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        RoomRecordGuard.Text(url, PushStorageLimits.MaxUrl, "URL");
    }

    /// <summary>Checks how much is asked for.</summary>
    /// <param name="limit">How much.</param>
    public static void Limit(int limit) => Range(limit, 1, PushStorageLimits.MaxItems, "limit");

    internal static void Id(string? value, string name) => RoomRecordGuard.Id(value, name);

    internal static void Range(long value, long least, long most, string name) => RoomRecordGuard.Range(value, least, most, name);

    internal static void Time(long value) => RoomRecordGuard.Time(value);
}
