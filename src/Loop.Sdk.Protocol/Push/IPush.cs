using Loop.Sdk.Contracts;

namespace Loop.Sdk.Push;

/// <summary>
/// Push subscriptions and their messages: <c>loop.push/1</c>, for accounts. A session says first which agent it is (an agent is an installation of an application) and then subscribes,
/// receives and acknowledges for it. Besides the codes named at a method, each fails with <c>account_required</c> for an anonymous caller, with <c>invalid_request</c> for a value that is
/// missing, malformed or out of range, and each but <see cref="HelloAsync"/> with <c>agent_required</c> if the session is no agent, or its agent was removed, and with
/// <c>agent_replaced</c> after a newer session became the same agent.
/// </summary>
[Contract("loop.push/1", typeof(PushJson))]
public partial interface IPush
{
    /// <summary>
    /// Says which agent this session is, or asks for a new one. An agent that is not known, is another account's, or of which the secret is wrong is answered with a new one: then all
    /// subscriptions are lost. An older session of the same agent is replaced.
    /// </summary>
    /// <param name="hello">The agent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(1)]
    Task<PushWelcome> HelloAsync(PushHello hello, CancellationToken cancellationToken = default);

    /// <summary>Subscribes. Again with the same channel and key gives the same endpoint.</summary>
    /// <param name="request">The channel, which the client makes up, and perhaps the only application server that may post.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>subscription_conflict</c>: the channel has another key; <c>too_many_subscriptions</c>; <c>invalid_key</c>.</exception>
    [ContractMethod(2, Idempotent = true)]
    Task<PushSubscriptionInfo> SubscribeAsync(SubscribePush request, CancellationToken cancellationToken = default);

    /// <summary>Ends a subscription, and what waits for it. Nothing happens if there is none.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(3, Idempotent = true)]
    Task UnsubscribeAsync(PushChannelRef channel, CancellationToken cancellationToken = default);

    /// <summary>Gives a subscription another endpoint, for instance since the one before is known to those who should not know it. It is gone at once; what waits stays.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>subscription_not_found</c>.</exception>
    [ContractMethod(4)]
    Task<PushSubscriptionInfo> RotateAsync(PushChannelRef channel, CancellationToken cancellationToken = default);

    /// <summary>The agent's subscriptions as the server knows them, by channel.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(5)]
    Task<PushSubscriptions> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The agent's messages: those that wait, of topics first and then in their order, then the others as they come. A message that was not acknowledged comes again on the next call:
    /// compare the ids. Calling again ends the call before. When very many are not acknowledged, no more come.
    /// </summary>
    /// <exception cref="LoopException">While enumerating.</exception>
    [ContractMethod(6)]
    IAsyncEnumerable<PushMessage> Receive();

    /// <summary>Says what came of messages, which are then forgotten. Those that are not there, or not the agent's, are left out.</summary>
    /// <param name="request">Which, at most 1 000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(7, Idempotent = true)]
    Task AcknowledgeAsync(AcknowledgePush request, CancellationToken cancellationToken = default);

    /// <summary>Says how urgent messages must be to be delivered now. Others wait until that is lowered, or something is sent anyway.</summary>
    /// <param name="request">The least urgency.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(8, Idempotent = true)]
    Task SetUrgencyAsync(PushUrgencyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Removes the agent with all that is its. The session may say hello again, as a new one.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(9, Idempotent = true)]
    Task ForgetAsync(CancellationToken cancellationToken = default);
}
