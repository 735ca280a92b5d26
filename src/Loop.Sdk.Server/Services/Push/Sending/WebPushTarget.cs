using System.Text.Json;
using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Push;

/// <summary>A subscription with a push service. It is a secret: whoever has it can push.</summary>
/// <param name="Endpoint">Where to post.</param>
/// <param name="Recipient">The keys to encrypt for.</param>
public sealed record WebPushTarget(Uri Endpoint, WebPushRecipient Recipient)
{
    /// <summary>Reads what a browser's <c>PushSubscription.toJSON()</c> gives.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="LoopException"><c>invalid_request</c>, <c>invalid_key</c>.</exception>
    public static WebPushTarget Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var keys = document.RootElement.GetProperty("keys"u8);
            if (Uri.TryCreate(document.RootElement.GetProperty("endpoint"u8).GetString(), UriKind.Absolute, out var endpoint))
            {
                return new(endpoint, WebPushRecipient.Parse(keys.GetProperty("p256dh"u8).GetString()!, keys.GetProperty("auth"u8).GetString()!));
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            // Told below.
        }

        throw new LoopException(ErrorCodes.InvalidRequest, "This is no subscription: an object with endpoint and keys, p256dh and auth.");
    }

    /// <summary>Says nothing of the endpoint but its host.</summary>
    public override string ToString() => $"{nameof(WebPushTarget)} {{ Host = {Endpoint.Host} }}";
}
