using System.Text.Json;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Model;

/// <summary>Makes an operation of a number, and a text of what came of it.</summary>
internal static class PushModel
{
    public const int Operations = 16;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly PushQuota Quota = new(3, 12, 5, 20);

    public static async Task<string> RunAsync(IPushStorage store, uint number, int step)
    {
        var rest = number / Operations;
        var agent = $"a{rest % 3}";
        var channel = $"c{rest / 3 % 2}";
        var value = (int)(rest / 6 % 6);
        return Describe(await RunAsync(store, (int)(number % Operations), agent, channel, value, 1000 + (value * 100), step));
    }

    /// <summary>Everything that can be read.</summary>
    public static async Task<string> ReadAllAsync(IPushStorage store)
    {
        var all = new List<string> { Describe(await store.Messages.HeadAsync(None)) };
        for (var index = 0; index < 4; index++)
        {
            var agent = $"a{index}";
            all.Add(Describe(await store.Agents.FindAsync(agent, None)));
            all.Add(Describe(await store.Agents.ListSubscriptionsAsync(agent, None)));
            all.Add(Describe(await store.Messages.ReadAsync(agent, new PushCursor(IsPlain: false, 0), long.MaxValue, 1000, None)));
            all.Add(Describe(await store.Messages.ReadAsync(agent, new PushCursor(IsPlain: true, 0), long.MaxValue, 1000, None)));
            all.Add(Describe(await store.Messages.ReadAsync(agent, new PushCursor(index > 1, 3), 8, 2, None)));
            all.Add(Describe(await store.Messages.HasUrgentAsync(agent, PushUrgency.High, 1200, None)));
            all.Add(Describe(await store.Receipts.ReadAsync($"r{index}", 0, 100, 1300, None)));
            all.Add(Describe(await store.Sender.ListForeignAsync($"u{index}", None)));
            all.Add(Describe(await store.Agents.ListAsync($"u{index}", None)));
        }

        for (var index = 0; index < 40; index++)
        {
            all.Add(Describe(await store.Agents.FindEndpointAsync($"e{index}", None)));
            all.Add(Describe(await store.Messages.ExistsAsync($"m{index}", 1200, None)));
        }

        return string.Join('\n', all);
    }

    private static async Task<object?> RunAsync(IPushStorage store, int operation, string agent, string channel, int value, long now, int step) => operation switch
    {
        0 => await store.Agents.FindAsync(agent, None) is null ? await store.Agents.AddAsync(PushSamples.Agent(agent, value > 3 ? null : $"u{value % 2}", now), 2, None) : null,
        1 or 2 => await store.Agents.SubscribeAsync(PushSamples.Subscription(agent, channel, $"e{step}", (byte)(value == 5 ? 1 : 0), 2), None),
        3 => value > 2 ? await store.Agents.UnsubscribeAsync(agent, channel, now, None) : null,
        4 => await store.Agents.RotateAsync(agent, channel, $"e{step}", now, None),
        5 => value == 5 ? await store.Agents.RemoveAsync(agent, now, None) : null,
        6 or 7 or 8 => await StoreAsync(store, agent, channel, value, now, step),
        9 => await store.Messages.StoreAsync(new NewPushMessage { Id = $"m{step}", Agent = agent, SentAt = now, ExpiresAt = now + 200, Receipts = value > 4 ? "r3" : null, ReceiptsExpireAt = now }, Quota, None),
        10 => await store.Messages.AcknowledgeAsync(
            [new(agent, $"m{step - value}", (PushOutcome)(value % 3)), new(agent, $"m{step - 1}", PushOutcome.Delivered), new("a1", $"m{step / 2}", PushOutcome.Delivered)], now, None),
        11 => await store.Messages.CancelAsync($"m{step - 1 - value}", now, None),
        12 => await store.SweepAsync(new PushSweep { Now = now, AgentsBefore = now - 350, GoneBefore = now - 200, Limit = 1 + value }, None),
        13 => value > 2 ? await store.Receipts.RemoveAsync($"r{value % 3}", None) : await store.Receipts.ReadAsync($"r{value % 3}", step / 4, 1 + value, now, None),
        14 => await TouchAsync(store, agent, now),
        _ => await ForeignAsync(store, $"u{value % 2}", $"https://push.example/{value % 3}", step),
    };

    private static async Task<object> StoreAsync(IPushStorage store, string agent, string channel, int value, long now, int step)
    {
        var endpoint = (await store.Agents.ListSubscriptionsAsync(agent, None)).FirstOrDefault(one => one.Channel == channel)?.Endpoint ?? $"e{value}";
        var message = PushSamples.Message($"m{step}", endpoint, value % 3 == 0 ? "t" : null, now + 150, value, value > 2 ? $"r{value % 3}" : null, (PushUrgency)(value % 4));
        return await store.Messages.StoreAsync(message with { SentAt = now, Version = step % 4 == 0 ? value : null, ReceiptsExpireAt = now + 300 }, Quota, None);
    }

    private static async Task<object?> TouchAsync(IPushStorage store, string agent, long now)
    {
        await store.Agents.TouchAsync(agent, now, None);
        return await store.Agents.FindAsync(agent, None);
    }

    private static async Task<object> ForeignAsync(IPushStorage store, string account, string url, int step)
    {
        if (step % 3 == 0)
        {
            return await store.Sender.RemoveForeignAsync(account, url, None);
        }

        await store.Sender.AddForeignAsync(new(account, url, new[] { (byte)step }, new byte[16], step), 2, None);
        return (await store.Sender.GetOrAddSecretAsync(account, new[] { (byte)step }, None)).Span[0];
    }

    private static string Describe<T>(T result) => JsonSerializer.Serialize<object?>(result);
}
