namespace Loop.Sdk.Server.Storage;

/// <summary>Agents, which are installations of an application, or browsers, and their subscriptions.</summary>
public interface IPushAgentStore
{
    /// <summary>Keeps a new agent.</summary>
    /// <param name="agent">The agent; its id is new.</param>
    /// <param name="accountLimit">How many agents an account may have. The one that was not seen for the longest time makes room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What ended with the agent that made room; nothing, mostly.</returns>
    Task<PushEnded> AddAsync(PushAgentRecord agent, int accountLimit, CancellationToken cancellationToken);

    /// <summary>The agent with an id; null if there is none.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PushAgentRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>An account's agents, oldest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<PushAgentRecord>> ListAsync(string account, CancellationToken cancellationToken);

    /// <summary>Remembers when an agent was here last.</summary>
    /// <param name="id">The agent.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TouchAsync(string id, long now, CancellationToken cancellationToken);

    /// <summary>Removes an agent, its subscriptions and its messages. Their endpoints are remembered as gone.</summary>
    /// <param name="id">The agent.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PushEnded> RemoveAsync(string id, long now, CancellationToken cancellationToken);

    /// <summary>Keeps a subscription, unless the agent's channel has one already.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PushSubscribeResult> SubscribeAsync(NewPushSubscription subscription, CancellationToken cancellationToken);

    /// <summary>Removes a subscription and its messages. Its endpoint is remembered as gone.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="channel">Which of its channels.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PushEnded> UnsubscribeAsync(string agent, string channel, long now, CancellationToken cancellationToken);

    /// <summary>Gives a subscription another endpoint. The one before is remembered as gone; messages stay.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="channel">Which of its channels.</param>
    /// <param name="endpoint">The new endpoint.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The subscription; null if there is none.</returns>
    Task<PushSubscriptionRecord?> RotateAsync(string agent, string channel, string endpoint, long now, CancellationToken cancellationToken);

    /// <summary>An agent's subscriptions, by channel.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<PushSubscriptionRecord>> ListSubscriptionsAsync(string agent, CancellationToken cancellationToken);

    /// <summary>Whose an endpoint is.</summary>
    /// <param name="endpoint">The endpoint's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PushEndpointRecord> FindEndpointAsync(string endpoint, CancellationToken cancellationToken);
}
