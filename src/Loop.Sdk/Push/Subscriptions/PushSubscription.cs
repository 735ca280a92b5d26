using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Push;

/// <summary>A subscription: an endpoint, and the keys to what is posted to it. The class is abstract so that tests can replace it.</summary>
public abstract class PushSubscription
{
    /// <summary>Makes a subscription. Derive only to replace it in tests.</summary>
    protected PushSubscription()
    {
    }

    /// <summary>What the application calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Where application servers post. A secret: whoever knows it can post, unless there is an <see cref="ApplicationServerKey"/>.</summary>
    public abstract Uri Endpoint { get; }

    /// <summary>For whom application servers encrypt.</summary>
    public abstract WebPushRecipient Recipient { get; }

    /// <summary>The public key of the only application server that may post; null for everybody who knows the endpoint.</summary>
    public abstract ReadOnlyMemory<byte>? ApplicationServerKey { get; }

    /// <summary>
    /// The messages, decrypted, each once in the life of the client. Those that cannot be decrypted are told to the server and do not appear. Of several readers each message goes to one.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <exception cref="LoopException">
    /// While enumerating: <c>subscription_lost</c>: the server no longer has it, or it was ended; <c>agent_replaced</c>; <c>closed</c>.
    /// </exception>
    public abstract IAsyncEnumerable<ReceivedPush> MessagesAsync(CancellationToken cancellationToken = default);

    /// <summary>The messages as values of the application's own type. One that is no such value has an <see cref="ReceivedPush{T}.Error"/>.</summary>
    /// <param name="type">The type, from a source-generated context.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <typeparam name="T">The type.</typeparam>
    public async IAsyncEnumerable<ReceivedPush<T>> MessagesAsync<T>(JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        await foreach (var message in MessagesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return ReceivedPush<T>.Of(message, type);
        }
    }

    /// <summary>Gives the subscription another endpoint, for instance since the one before is known to those who should not know it. That one is gone at once; the keys stay.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>subscription_lost</c>, <c>store_unavailable</c>.</exception>
    public abstract Task RotateAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the subscription: its endpoint is gone, what waits is forgotten, and its keys are too. Nothing happens the second time.</summary>
    /// <param name="cancellationToken">Gives up waiting for the server, who is told later then.</param>
    /// <exception cref="LoopException"><c>store_unavailable</c>: the subscription stays.</exception>
    public abstract Task UnsubscribeAsync(CancellationToken cancellationToken = default);

    /// <summary>The subscription as JSON, as browsers give it to application servers: <c>endpoint</c> and <c>keys</c>.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(
        new StandardSubscription(Endpoint.AbsoluteUri, new(Recipient.ToP256dh(), Recipient.ToAuth())), StandardSubscriptionJson.Default.StandardSubscription);

    /// <summary>Its name, and nothing secret.</summary>
    public sealed override string ToString() => $"{nameof(PushSubscription)} {{ Name = {Name} }}";
}
