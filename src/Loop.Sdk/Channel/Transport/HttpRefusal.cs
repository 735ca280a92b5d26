using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Transport;

/// <summary>What an HTTP answer to a WebSocket request means for the channel. An answer that says nothing certain is a failed attempt like any other.</summary>
internal static class HttpRefusal
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static GoAway? Read(ClientWebSocket socket, DateTimeOffset now) => socket.HttpStatusCode switch
    {
        HttpStatusCode.Unauthorized => new GoAway(ErrorCodes.Unauthenticated, Verdict.Stop) { Message = "The server refused the WebSocket: 401." },
        HttpStatusCode.Forbidden => new GoAway(ErrorCodes.PermissionDenied, Verdict.Stop) { Message = "The server refused the WebSocket: 403." },
        HttpStatusCode.TooManyRequests => new GoAway(ErrorCodes.RateLimited, Verdict.Resume) { RetryAfterMs = RetryAfter(socket, now) },
        HttpStatusCode.ServiceUnavailable => new GoAway(ErrorCodes.Unavailable, Verdict.Resume) { RetryAfterMs = RetryAfter(socket, now) },
        _ => null,
    };

    // RFC 9110, section 10.2.3: seconds, or a date.
    private static int RetryAfter(ClientWebSocket socket, DateTimeOffset now)
    {
        if (socket.HttpResponseHeaders is not { } headers || !headers.TryGetValue("Retry-After", out var values) || values.FirstOrDefault() is not { } value)
        {
            return 0;
        }

        var wait = TimeSpan.Zero;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            wait = TimeSpan.FromSeconds(seconds);
        }
        else if (DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            wait = date - now;
        }

        return (int)Math.Clamp(wait.TotalMilliseconds, 0, LongestWait.TotalMilliseconds);
    }
}
