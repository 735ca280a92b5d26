using System.Text.Json;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Push;

/// <summary>Decrypts messages and gives each to its subscription, once.</summary>
internal sealed class MessageSorter(PushServices services, SubscriptionBook book) : IDisposable
{
    private const int MaxId = 128;

    private readonly SemaphoreSlim _places = new(services.Options.MaxWaiting, services.Options.MaxWaiting);
    private readonly SeenMessages _seen = new(services.Options.RememberedMessages);

    /// <summary>Tells the server what came of a message, sooner if somebody waits for that.</summary>
    public required Func<string, PushAckCode, bool, Task> Acknowledge { get; init; }

    public MessageQueue<KeyValuePair<string, Notification>> Notifications { get; } = new();

    /// <summary>Takes in a message, when there is a place for it.</summary>
    /// <exception cref="LoopException"><c>protocol_error</c>: it is no message.</exception>
    public async ValueTask TakeInAsync(PushMessage message, CancellationToken cancellationToken)
    {
        if (message is not { Id: { Length: > 0 and <= MaxId } id, Channel: not null })
        {
            throw PushCodes.Nonsense("a message has no id, or no channel");
        }

        if (!_seen.TryAdd(id, out var isTold))
        {
            if (isTold)
            {
                // The server had sent it before it heard, or has not kept what it heard.
                _ = Acknowledge(id, PushAckCode.Delivered, false);
            }

            return;
        }

        try
        {
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _seen.Forget(id);
            throw;
        }

        if (!TryDeliver(message, out var code))
        {
            _places.Release();
            _ = SettleAsync(id, code, isAwaited: false);
        }
    }

    /// <summary>A message was taken by its reader: there is a place more.</summary>
    public void Taken() => _places.Release();

    /// <summary>The application is done with a message.</summary>
    public Task SettleAsync(string id, PushAckCode code, bool isAwaited) => Acknowledge(id, code, isAwaited);

    /// <summary>The server was told what came of a message, or cannot be told.</summary>
    public void Told(string id) => _seen.Told(id);

    public void Dispose() => _places.Dispose();

    private bool TryDeliver(PushMessage message, out PushAckCode code)
    {
        code = PushAckCode.NotDelivered;
        if (message.Channel == PushMessage.NotificationsChannel)
        {
            return TryReadNotification(message) is { } notification && Notifications.TryAdd(new(message.Id, notification));
        }

        if (book.Find(message.Channel) is not { } subscription)
        {
            return false;
        }

        try
        {
            return subscription.TryAdd(new ReceivedPush
            {
                Id = message.Id,
                Subscription = subscription.Name,
                Content = Decrypt(message, subscription.Keys),
                Topic = message.Topic,
                Urgency = message.Urgency,
                SentAt = message.SentAt,
                Settle = outcome => SettleAsync(message.Id, outcome, isAwaited: true),
            });
        }
        catch (LoopException error)
        {
            services.Log.Undecryptable(message.Id, subscription.Name, error.Code);
            code = PushAckCode.DecryptionFailed;
            return false;
        }
        catch (ObjectDisposedException)
        {
            // The subscription has just been ended.
            return false;
        }
    }

    private ReadOnlyMemory<byte>? Decrypt(PushMessage message, WebPushKeys keys) => (message.Body, message.Encoding) switch
    {
        (null, _) => default(ReadOnlyMemory<byte>?),
        ({ } body, WebPushEncryption.ContentEncoding) => WebPushEncryption.Decrypt(body.Span, keys),
        ({ } body, LegacyWebPushEncryption.ContentEncoding) => LegacyWebPushEncryption.Decrypt(body.Span, message.Encryption, message.CryptoKey, keys),
        ({ } body, null) when services.Options.AllowUnencrypted => body,
        _ => throw WebPushErrors.Malformed("it is not encrypted, or in an unknown way"),
    };

    private static Notification? TryReadNotification(PushMessage message)
    {
        try
        {
            return message.Body is { } body ? JsonSerializer.Deserialize(body.Span, PresenceJson.Default.Notification) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
