using Loop.Sdk.Presence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Push;

/// <summary>
/// Receives Web Push over a channel: subscriptions have an endpoint to which any application server posts (RFC 8030), encrypted for this client only (RFC 8291). Safe for concurrent
/// use. The class is abstract so that tests can replace it; <see cref="Create"/> makes the real one.
/// </summary>
/// <remarks>
/// From the first use on the client is attached to the server as one agent, an installation of the application. What it is, and the keys of its subscriptions, is kept in
/// <see cref="PushClientOptions.KeyStore"/>. If another process uses the same store, the newer one is attached, and everything that waits here fails with <c>agent_replaced</c>.
/// </remarks>
public abstract class PushClient : IAsyncDisposable
{
    /// <summary>Makes a client. Derive only to replace it in tests.</summary>
    protected PushClient()
    {
    }

    /// <summary>Makes a client of a channel.</summary>
    /// <param name="channel">The channel, which the client does not dispose of.</param>
    /// <param name="options">The settings, or null for the defaults. They are copied: later changes have no effect.</param>
    /// <param name="loggerFactory">Where the client logs, or null for nowhere.</param>
    /// <exception cref="OptionsValidationException">A setting is out of its range.</exception>
    public static PushClient Create(ChannelClient channel, PushClientOptions? options = null, ILoggerFactory? loggerFactory = null) =>
        ContractPushClient.Create(channel, options, loggerFactory);

    /// <summary>
    /// Gives the subscription with a name, the one that there is or a new one. Waits for a connection. Its messages wait, from the subscription on, until they are read by
    /// <see cref="PushSubscription.MessagesAsync(CancellationToken)"/>.
    /// </summary>
    /// <param name="name">What the application calls it: 1 to 128 characters.</param>
    /// <param name="applicationServerKey">
    /// The public key of the only application server that may post, 65 bytes (RFC 8292; <c>VapidKeys.PublicKey</c>); null (default) for everybody who knows the endpoint.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">
    /// <c>subscription_conflict</c>: there is one with another key; <c>too_many_subscriptions</c>; <c>invalid_key</c>; <c>account_required</c>; <c>agent_replaced</c>; what the key store
    /// failed with: <c>store_unavailable</c>, <c>store_damaged</c>, <c>store_too_new</c>, <c>store_foreign</c>.
    /// </exception>
    public abstract Task<PushSubscription> SubscribeAsync(
        string name, ReadOnlyMemory<byte>? applicationServerKey = null, CancellationToken cancellationToken = default);

    /// <summary>The subscriptions that there are, after they have been compared with the server's. Waits for a connection.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException">As <see cref="SubscribeAsync"/>.</exception>
    public abstract Task<IReadOnlyList<PushSubscription>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// What happens to subscriptions without the application's doing: those that are lost, and those that have another endpoint. Also what happened before anybody read this. Of several
    /// readers each change goes to one.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public abstract IAsyncEnumerable<PushSubscriptionChange> ChangesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// What the host told this account while it was not connected: notifications that the server kept instead of delivering them live. Each once; acknowledged when the consumer comes for the
    /// next one, or stops.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <exception cref="LoopException">While enumerating: as <see cref="SubscribeAsync"/>.</exception>
    public abstract IAsyncEnumerable<Notification> NotificationsAsync(CancellationToken cancellationToken = default);

    /// <summary>Says how urgent messages must be to be delivered at once, for example while the device saves power. Others wait until that is lowered, or something is sent anyway.</summary>
    /// <param name="least">The least urgency.</param>
    /// <param name="cancellationToken">Gives up. It is said again at the next connection in any case.</param>
    public abstract Task SetUrgencyAsync(PushUrgency least, CancellationToken cancellationToken = default);

    /// <summary>Stops receiving. Subscriptions stay, and their messages wait at the server.</summary>
    public abstract ValueTask DisposeAsync();
}
