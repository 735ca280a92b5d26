using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Push;

/// <summary>A message that arrived.</summary>
public sealed class ReceivedPush
{
    /// <summary>Its id: the same if it comes again after the application was started again.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the subscription it came by.</summary>
    public required string Subscription { get; init; }

    /// <summary>The decrypted content; null if the message has no body.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The topic, or null. A message replaces those before with the same topic that still wait.</summary>
    public string? Topic { get; init; }

    /// <summary>How urgent the sender says it is.</summary>
    public PushUrgency Urgency { get; init; } = PushUrgency.Normal;

    /// <summary>When it was posted.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>The content as UTF-8 text; null if there is none.</summary>
    public string? Text => Content is { } content ? Encoding.UTF8.GetString(content.Span) : null;

    internal Func<PushAckCode, Task>? Settle { get; init; }

    /// <summary>The content as a value of the application's own type.</summary>
    /// <param name="type">The type, from a source-generated context.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="LoopException"><c>invalid_payload</c>: there is no content, or it is no such value.</exception>
    public T? Read<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Content is not { } content)
        {
            throw new LoopException(ErrorCodes.InvalidPayload, "The message has no content.");
        }

        try
        {
            return JsonSerializer.Deserialize(content.Span, type);
        }
        catch (JsonException exception)
        {
            throw new LoopException(ErrorCodes.InvalidPayload, "The message's content is not what was expected.", exception);
        }
    }

    /// <summary>Says that the application has the message: it will not come again. Needed only without <see cref="PushClientOptions.AcknowledgeAutomatically"/>.</summary>
    /// <param name="cancellationToken">Gives up waiting for the server, who is told all the same.</param>
    public Task AcknowledgeAsync(CancellationToken cancellationToken = default) => SettleAsync(PushAckCode.Delivered, cancellationToken);

    /// <summary>Says that the application could not do anything with the message: it will not come again, and its sender's receipt says so.</summary>
    /// <param name="cancellationToken">Gives up waiting for the server, who is told all the same.</param>
    public Task RejectAsync(CancellationToken cancellationToken = default) => SettleAsync(PushAckCode.NotDelivered, cancellationToken);

    /// <summary>Which message, and nothing of its content.</summary>
    public override string ToString() => $"{nameof(ReceivedPush)} {{ Id = {Id}, Subscription = {Subscription} }}";

    private Task SettleAsync(PushAckCode code, CancellationToken cancellationToken) => Settle?.Invoke(code).WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
