using System.Text.Json;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// The <c>text</c> channel, with the messages of Firefox Hello's clients. Types that are not known are ignored, which is how the format grows; what is malformed is dropped and logged. Safe for
/// concurrent use.
/// </summary>
public sealed class MeshChat
{
    internal const string Name = "text";

    private static readonly TimeSpan TileDelay = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly MeshCore _core;
    private readonly Inbox _inbox;
    private CancellationTokenSource? _sharing;
    private string? _sharedHost;

    internal MeshChat(MeshCore core)
    {
        _core = core;
        _inbox = new Inbox(core);
        core.Inboxes.Register(Name, _inbox);
    }

    /// <summary>Says something to all peers. Kept until they have it: see <see cref="MeshChannel{T}.SendAsync"/>.</summary>
    /// <param name="text">What: not empty.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="LoopException"><c>message_too_large</c>, <c>closed</c>.</exception>
    public Task SayAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return SendAsync(new TextMessage { ContentType = TextTypes.Chat, Message = text, SentTimestamp = _core.Context.Time.GetUtcNow() }, null, cancellationToken);
    }

    /// <summary>Sends a message of any type.</summary>
    /// <param name="message">The message.</param>
    /// <param name="peerId">A <see cref="MeshPeer.Id"/>; null for all peers of the moment.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="LoopException"><c>message_too_large</c>, <c>peer_gone</c>, <c>closed</c>.</exception>
    public Task SendAsync(TextMessage message, string? peerId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _core.SendAsync(Name, JsonSerializer.SerializeToUtf8Bytes(message, HelloJson.Compact.TextMessage), peerId, cancellationToken);
    }

    /// <summary>
    /// Tells the peers which page is shared. As Hello's clients do, it waits half a second for a later page, and says nothing if the host is the one said last, or nobody is there.
    /// </summary>
    /// <param name="url">The page's address.</param>
    /// <param name="title">The page's title, or what else describes it.</param>
    /// <param name="thumbnail">The page's icon as a data URI, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was said.</returns>
    /// <exception cref="LoopException"><c>message_too_large</c>, <c>closed</c>.</exception>
    public async Task<bool> ShareAsync(Uri url, string title, string? thumbnail = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(title);
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lock)
        {
            _sharing?.Cancel();
            _sharing = mine;
        }

        try
        {
            await Task.Delay(TileDelay, _core.Context.Time, mine.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            lock (_lock)
            {
                _sharing = _sharing == mine ? null : _sharing;
            }
        }

        lock (_lock)
        {
            if (_sharedHost == url.Host || !_core.HasPeers)
            {
                return false;
            }

            _sharedHost = url.Host;
        }

        var tile = new ContextTile { NewRoomURL = url.AbsoluteUri, NewRoomThumbnail = thumbnail, RoomToken = _core.Context.Scope.Ref.Token };
        var message = new TextMessage
        {
            ContentType = TextTypes.ContextTile,
            Message = title,
            SentTimestamp = _core.Context.Time.GetUtcNow(),
            ExtraData = JsonSerializer.SerializeToElement(tile, HelloJson.Default.ContextTile),
        };
        await SendAsync(message, null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The messages that come, for each reader. While nobody reads, the last 256 wait for the next reader.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoopException">While enumerating: <c>slow_consumer</c>; or why the mesh has ended.</exception>
    public IAsyncEnumerable<MeshText> MessagesAsync(CancellationToken cancellationToken = default) => _inbox.Hub.ReadAsync(cancellationToken);

    private sealed class Inbox(MeshCore core) : IMeshInbox
    {
        public MessageHub<MeshText> Hub { get; } = new();

        public void Receive(PeerLink link, ReadOnlySpan<byte> payload)
        {
            try
            {
                if (link.Shown is { } peer && JsonSerializer.Deserialize(payload, HelloJson.Default.TextMessage) is { } message)
                {
                    if (TextTypes.IsKnown(message.ContentType) && (message.Message.Length > 0 || message.ContentType != TextTypes.Chat))
                    {
                        Hub.Publish(new MeshText(peer, message, core.Context.Time.GetUtcNow()));
                    }

                    return;
                }
            }
            catch (JsonException)
            {
                // The parser's own message quotes what it read.
            }

            core.Context.Log.PeerBroke("a malformed text message");
        }

        public void Complete(LoopException? error) => Hub.Complete(error);
    }
}
