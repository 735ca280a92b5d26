using Loop.Sdk.Channels;
using Loop.Sdk.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk;

/// <summary>
/// The client's end of one channel: every service of an application over one WebSocket that comes back by itself. Safe for concurrent use.
/// The class is abstract so that tests can replace it; <see cref="Create"/> makes the real one.
/// </summary>
public abstract class ChannelClient : IAsyncDisposable
{
    /// <summary>Makes a client. Derive only to replace it in tests.</summary>
    protected ChannelClient()
    {
    }

    /// <summary>Where the channel stands now.</summary>
    public abstract ChannelState State { get; }

    /// <summary>The id that the server gave the current session, for logs and support; null before the first connection. It is no secret.</summary>
    public abstract string? SessionId { get; }

    /// <summary>Makes a client that does nothing until it is first used: the first call opens the channel, or <see cref="ConnectAsync"/> does.</summary>
    /// <param name="options">The settings. They are copied: later changes have no effect.</param>
    /// <param name="loggerFactory">Where the channel logs, or null for nowhere.</param>
    /// <exception cref="OptionsValidationException">A setting is missing or out of its range.</exception>
    public static ChannelClient Create(ChannelClientOptions options, ILoggerFactory? loggerFactory = null) =>
        WebSocketChannelClient.Create(options, loggerFactory);

    /// <summary>Opens the channel, unless it is open, and completes when it is connected. While the server cannot be reached it goes on trying.</summary>
    /// <param name="cancellationToken">Gives up waiting. The channel itself goes on connecting.</param>
    /// <exception cref="LoopException">The channel is closed for good: <c>closed</c> after disposal, otherwise the server's code, for example <c>unauthenticated</c>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract Task ConnectAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Every step of the channel, beginning with the latest; any number of consumers. A consumer that is more than 32 steps behind misses the oldest.
    /// The sequence ends after <see cref="ChannelState.Closed"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public abstract IAsyncEnumerable<ChannelStateChange> StateChanges(CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the client of a contract; always the same one for the same contract. Its calls open the channel if need be. While a lost connection is being
    /// resumed, calls are taken and sent afterwards. While there is no session, calls of idempotent methods wait for one, and others fail with
    /// <c>unavailable</c>, except that before the first connection all of them wait.
    /// </summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    public abstract TContract Service<TContract>()
        where TContract : class, IContract<TContract>;

    /// <summary>
    /// Gives a feature that stands on this channel, such as its rooms: one for each type, made when it is first asked for. Packages give their own a name with an extension property.
    /// A feature that is <see cref="IAsyncDisposable"/> is disposed of with the channel, before the server is told: the newest first, for a second altogether.
    /// </summary>
    /// <typeparam name="TFeature">The feature's type.</typeparam>
    /// <param name="create">Makes it. Runs once, and is not to block or to call the server. It may ask for other features.</param>
    /// <exception cref="LoopException"><c>closed</c>: the channel was disposed of before the feature was asked for.</exception>
    public abstract TFeature Feature<TFeature>(Func<FeatureContext, TFeature> create)
        where TFeature : class;

    /// <summary>
    /// Presents fresh credentials on the live connection, without interrupting anything. Needed only when they change before they expire, since expiring ones
    /// are replaced in time. Without a connection this connects, which presents fresh ones as well.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting for the server's answer.</param>
    /// <exception cref="InvalidOperationException">There is no <see cref="ChannelClientOptions.CredentialsProvider"/>.</exception>
    /// <exception cref="LoopException">The server refused the credentials, or there are none (<c>unauthenticated</c>), it did not answer (<c>unavailable</c>), or the channel is closed.</exception>
    public abstract Task ReauthenticateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Disposes of the channel's features, says goodbye and closes the channel. Every call under way and every later one fails with <c>closed</c>. Takes at most about
    /// two seconds, whatever state the connection is in.
    /// </summary>
    public abstract ValueTask DisposeAsync();
}
