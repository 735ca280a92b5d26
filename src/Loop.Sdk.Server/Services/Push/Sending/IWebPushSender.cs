using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Push;

/// <summary>Sends Web Push to any push service, for instance those of the browsers' makers: encrypted for the subscription, and signed with this server's own key. Safe for concurrent use.</summary>
public interface IWebPushSender
{
    /// <summary>The public key by which push services know this server, 65 bytes: what a page gives to <c>pushManager.subscribe</c> as <c>applicationServerKey</c>. It is made once, and kept in the store.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReadOnlyMemory<byte>> GetPublicKeyAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends a message. A push service that asks for patience gets it, up to a limit: for an endpoint (429), or for all of its endpoints (503). Messages wait for the end of that time, or are
    /// given back at once, without having been sent, if it is too far away.
    /// </summary>
    /// <param name="target">The subscription.</param>
    /// <param name="content">What it says, at most <see cref="WebPushEncryption.MaxContent"/> bytes. Empty for a message without a body.</param>
    /// <param name="message">How long it may wait, about what it is, how urgent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>content_too_large</c>; <c>permission_denied</c>: the endpoint's address is none that this server may connect to.</exception>
    Task<WebPushResult> SendAsync(WebPushTarget target, ReadOnlyMemory<byte> content, WebPushMessageOptions? message = null, CancellationToken cancellationToken = default);

    /// <summary>Remembers an account's subscription: its notifications are sent there as well when no client of it is connected. It is forgotten when the push service says that it ended.</summary>
    /// <param name="account">The account.</param>
    /// <param name="target">The subscription.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>permission_denied</c>: the endpoint is none that this server may connect to.</exception>
    Task AddAsync(string account, WebPushTarget target, CancellationToken cancellationToken = default);

    /// <summary>Forgets an account's subscription.</summary>
    /// <param name="account">The account.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was known.</returns>
    Task<bool> RemoveAsync(string account, Uri endpoint, CancellationToken cancellationToken = default);

    /// <summary>Sends a message to all of an account's subscriptions at once, and forgets those that ended.</summary>
    /// <param name="account">The account.</param>
    /// <param name="content">What it says.</param>
    /// <param name="message">How long it may wait, about what it is, how urgent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it, by endpoint.</returns>
    Task<IReadOnlyDictionary<Uri, WebPushResult>> SendAllAsync(string account, ReadOnlyMemory<byte> content, WebPushMessageOptions? message = null, CancellationToken cancellationToken = default);
}
