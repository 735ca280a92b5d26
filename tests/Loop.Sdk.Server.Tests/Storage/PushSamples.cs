using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage;

/// <summary>Records of push for the stores' tests.</summary>
internal static class PushSamples
{
    public const long Now = 1000;

    public static readonly PushQuota Quota = new(100, 1000, 200, 2000);

    public static PushAgentRecord Agent(string id, string? account = null, long now = Now) => new()
    {
        Id = id,
        Account = account,
        SecretHash = new byte[32],
        CreatedAt = now,
        SeenAt = now,
    };

    public static NewPushSubscription Subscription(string agent, string channel, string? endpoint = null, byte key = 0, int limit = 10) => new()
    {
        Agent = agent,
        Channel = channel,
        Endpoint = endpoint ?? $"{agent}-{channel}",
        ServerKey = key == 0 ? default : new[] { key },
        CreatedAt = Now,
        AgentLimit = limit,
    };

    public static NewPushMessage Message(string id, string endpoint, string? topic = null, long expiresAt = 2000, int length = 1, string? receipts = null, PushUrgency urgency = PushUrgency.Normal) => new()
    {
        Id = id,
        Endpoint = endpoint,
        Topic = topic,
        Body = new byte[length],
        Encoding = "aes128gcm",
        Encryption = topic,
        CryptoKey = "dh=x",
        Urgency = urgency,
        SentAt = Now,
        ExpiresAt = expiresAt,
        Receipts = receipts,
        ReceiptsExpireAt = receipts is null ? 0 : 5000,
    };
}
