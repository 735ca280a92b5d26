using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>Agents and their subscriptions, for whatever protocol they speak.</summary>
internal sealed class PushAgents(PushCore core)
{
    // Often enough for lifetimes of days, and no write for each of a day's many connections.
    private static readonly long SeenInterval = (long)TimeSpan.FromHours(12).TotalMilliseconds;

    /// <summary>Finds an agent by its secret. One that is not known cannot be told from one of which the secret is wrong.</summary>
    public async ValueTask<bool> IsAsync(string? id, string? secret, string? account, CancellationToken cancellationToken)
    {
        if (!PushId.IsId(id) || !PushId.IsSecret(secret) || await core.Storage.Agents.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } agent)
        {
            return false;
        }

        if (!PushId.Matches(secret, agent.SecretHash) || agent.Account != account)
        {
            core.Log.AgentRefused(id);
            return false;
        }

        if (core.Now - agent.SeenAt >= SeenInterval)
        {
            await core.Storage.Agents.TouchAsync(id, core.Now, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    public async Task AddAsync(string id, string secret, string? account, CancellationToken cancellationToken)
    {
        var record = new PushAgentRecord { Id = id, Account = account, SecretHash = PushId.Hash(secret), CreatedAt = core.Now, SeenAt = core.Now };
        core.Told(await core.Storage.Agents.AddAsync(record, core.Options.MaxAgents, cancellationToken).ConfigureAwait(false));
        core.Log.AgentAdded(id);
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var ended = await core.Storage.Agents.RemoveAsync(id, core.Now, cancellationToken).ConfigureAwait(false);
        core.Metrics.Ended(PushOutcome.Unsubscribed, ended.Messages);
        core.Told(ended);
        core.Attachments.Removed(id);
        core.Log.AgentRemoved(id);
    }

    public Task<PushSubscribeResult> SubscribeAsync(string agent, string channel, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        var subscription = new NewPushSubscription
        {
            Agent = agent,
            Channel = channel,
            Endpoint = PushId.New(),
            ServerKey = key,
            CreatedAt = core.Now,
            AgentLimit = core.Options.MaxSubscriptions,
        };
        return core.Storage.Agents.SubscribeAsync(subscription, cancellationToken);
    }

    public async Task UnsubscribeAsync(string agent, string channel, CancellationToken cancellationToken)
    {
        var ended = await core.Storage.Agents.UnsubscribeAsync(agent, channel, core.Now, cancellationToken).ConfigureAwait(false);
        core.Metrics.Ended(PushOutcome.Unsubscribed, ended.Messages);
        core.Told(ended);
    }
}
