using System.Security.Cryptography;
using Loop.Bench.Load.Workloads.WebPush;
using Loop.Sdk.Server.Storage;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>Very many messages of many agents that are away, straight into the store, interleaved as they would have come.</summary>
internal static class PushBacklog
{
    /// <summary>How many messages each agent has.</summary>
    public const int EachHas = 500;

    private const int Concurrency = 512;
    private const int SecretHashBytes = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Stores so many messages, <see cref="EachHas"/> of them for one endpoint and the others for agents of its own making.</summary>
    /// <returns>How many were stored.</returns>
    public static async Task<int> StoreAsync(IPushStorage storage, string endpoint, int messages)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var endpoints = new string[messages / EachHas];
        endpoints[0] = endpoint;
        for (var i = 1; i < endpoints.Length; i++)
        {
            endpoints[i] = await SubscribeAsync(storage, $"away-{i}", now);
        }

        var stored = 0;
        await Parallel.ForAsync(0, messages, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (i, cancellationToken) =>
        {
            var message = new NewPushMessage
            {
                Id = NewId(),
                Endpoint = endpoints[i % endpoints.Length],
                Body = SealedBody.Create(i),
                Encoding = SealedBody.Encoding,
                SentAt = now,
                ExpiresAt = now + (long)Lifetime.TotalMilliseconds,
            };
            if ((await storage.Messages.StoreAsync(message, PushQuota.None, cancellationToken)).Outcome == PushStoreOutcome.Done)
            {
                Interlocked.Increment(ref stored);
            }
        });
        return stored;
    }

    private static async Task<string> SubscribeAsync(IPushStorage storage, string account, long now)
    {
        var (agent, endpoint) = (NewId(), NewId());
        await storage.Agents.AddAsync(
            new PushAgentRecord { Id = agent, Account = account, SecretHash = RandomNumberGenerator.GetBytes(SecretHashBytes), CreatedAt = now, SeenAt = now },
            accountLimit: 1,
            CancellationToken.None);
        await storage.Agents.SubscribeAsync(
            new NewPushSubscription { Agent = agent, Channel = Guid.NewGuid().ToString(), Endpoint = endpoint, CreatedAt = now, AgentLimit = 1 }, CancellationToken.None);
        return endpoint;
    }

    private static string NewId() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
