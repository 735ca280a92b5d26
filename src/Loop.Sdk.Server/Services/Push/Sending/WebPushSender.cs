using System.Globalization;
using System.Net;
using System.Text;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

/// <summary>Encrypts, signs and posts.</summary>
internal sealed class WebPushSender(
    IPushStorage storage, SenderIdentity identity, WebPushHttp http, SendPauses pauses, IOptions<WebPushSenderOptions> options, PushMetrics metrics, TimeProvider time) : IWebPushSender
{
    private const int MaxReason = 1000;

    private static readonly TimeSpan DefaultRetry = TimeSpan.FromSeconds(5);

    public async Task<ReadOnlyMemory<byte>> GetPublicKeyAsync(CancellationToken cancellationToken) => (await identity.KeysAsync(cancellationToken).ConfigureAwait(false)).PublicKey;

    public async Task<WebPushResult> SendAsync(WebPushTarget target, ReadOnlyMemory<byte> content, WebPushMessageOptions? message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        http.Check(target.Endpoint);
        var body = content.IsEmpty ? null : WebPushEncryption.Encrypt(content.Span, target.Recipient, message?.Padding ?? 0);
        for (var attempt = 1; ; attempt++)
        {
            if (await pauses.WaitAsync(target.Endpoint, options.Value.MaxRetryWait, cancellationToken).ConfigureAwait(false) is { } refused)
            {
                return Counted(refused);
            }

            var result = await PostAsync(target.Endpoint, body, message ?? new(), cancellationToken).ConfigureAwait(false);
            pauses.Add(target.Endpoint, result);
            var wait = result.RetryAfter ?? DefaultRetry * attempt;
            if (result.Outcome is not (WebPushOutcome.RateLimited or WebPushOutcome.Unavailable) || attempt >= options.Value.MaxAttempts || wait > options.Value.MaxRetryWait)
            {
                return Counted(result);
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task AddAsync(string account, WebPushTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        http.Check(target.Endpoint);
        var record = new ForeignEndpointRecord(
            account, target.Endpoint.AbsoluteUri, target.Recipient.PublicKey, target.Recipient.Auth, time.GetUtcNow().ToUnixTimeMilliseconds());
        return storage.Sender.AddForeignAsync(record, options.Value.MaxEndpoints, cancellationToken);
    }

    public Task<bool> RemoveAsync(string account, Uri endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return storage.Sender.RemoveForeignAsync(account, endpoint.AbsoluteUri, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Uri, WebPushResult>> SendAllAsync(
        string account, ReadOnlyMemory<byte> content, WebPushMessageOptions? message, CancellationToken cancellationToken)
    {
        var endpoints = await storage.Sender.ListForeignAsync(account, cancellationToken).ConfigureAwait(false);
        var results = await Task.WhenAll(endpoints.Select(async record =>
        {
            var target = new WebPushTarget(new Uri(record.Url), new WebPushRecipient(record.PublicKey.Span, record.Auth.Span));
            return KeyValuePair.Create(target.Endpoint, await SendOneAsync(account, target, content, message, cancellationToken).ConfigureAwait(false));
        })).ConfigureAwait(false);
        return results.ToDictionary();
    }

    private async Task<WebPushResult> SendOneAsync(
        string account, WebPushTarget target, ReadOnlyMemory<byte> content, WebPushMessageOptions? message, CancellationToken cancellationToken)
    {
        WebPushResult result;
        try
        {
            result = await SendAsync(target, content, message, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException refused) when (refused.Code == ErrorCodes.PermissionDenied)
        {
            // It was let in under other options. The others get the message all the same.
            return new(WebPushOutcome.Rejected, 0) { Reason = refused.Message };
        }

        if (result.Outcome == WebPushOutcome.Gone)
        {
            await storage.Sender.RemoveForeignAsync(account, target.Endpoint.AbsoluteUri, cancellationToken).ConfigureAwait(false);
            if (options.Value.Gone is { } gone)
            {
                await gone(account, target.Endpoint).ConfigureAwait(false);
            }
        }

        return result;
    }

    private WebPushResult Counted(WebPushResult result)
    {
        metrics.Sent(result.Outcome.ToString());
        return result;
    }

    private async Task<WebPushResult> PostAsync(Uri endpoint, byte[]? body, WebPushMessageOptions message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Content = new ByteArrayContent(body ?? []);
        if (body is not null)
        {
            request.Content.Headers.ContentEncoding.Add(WebPushEncryption.ContentEncoding);
        }

        request.Headers.TryAddWithoutValidation("TTL", ((long)message.TimeToLive.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", NameOf(message.Urgency));
        request.Headers.TryAddWithoutValidation("Authorization", await identity.AuthorizationAsync(endpoint, cancellationToken).ConfigureAwait(false));
        if (message.Topic is { } topic)
        {
            request.Headers.TryAddWithoutValidation("Topic", topic);
        }

        using var patience = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            return await ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException failure) when (failure.InnerException is LoopException refused)
        {
            throw refused;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(WebPushOutcome.Unavailable, 0);
        }
    }

    private async Task<WebPushResult> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        return new(OutcomeOf(status), status)
        {
            Message = response.IsSuccessStatusCode ? response.Headers.Location : null,
            RetryAfter = RetryOf(response),
            Reason = response.IsSuccessStatusCode ? null : await ReasonAsync(response, cancellationToken).ConfigureAwait(false),
        };
    }

    private TimeSpan? RetryOf(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - time.GetUtcNow() : null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<string?> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[MaxReason];
        var length = await stream.ReadAtLeastAsync(buffer, MaxReason, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length == 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static WebPushOutcome OutcomeOf(int status) => status switch
    {
        >= 200 and < 300 => WebPushOutcome.Accepted,
        404 or 410 => WebPushOutcome.Gone,
        413 => WebPushOutcome.TooLarge,
        401 or 403 => WebPushOutcome.Unauthorized,
        429 => WebPushOutcome.RateLimited,
        >= 500 => WebPushOutcome.Unavailable,
        _ => WebPushOutcome.Rejected,
    };

    private static string NameOf(PushUrgency urgency) => urgency switch
    {
        PushUrgency.VeryLow => "very-low",
        PushUrgency.Low => "low",
        PushUrgency.High => "high",
        _ => "normal",
    };
}
