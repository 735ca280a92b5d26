using System.Globalization;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Push;

/// <summary>Takes the messages that application servers post (RFC 8030 section 5).</summary>
internal sealed class PushPost(PushCore core, PushAuthorization authorization, EndpointRates rates)
{
    private const string ReceiptRelation = "urn:ietf:params:push:receipt";

    // What waits is fetched, or expires.
    private const int FullRetrySeconds = 3600;

    /// <summary>Takes a message, or refuses it. The order of the checks says which refusal wins.</summary>
    public async Task HandleAsync(HttpContext context, string id)
    {
        var request = context.Request;
        var found = await FindAsync(id, context.RequestAborted).ConfigureAwait(false);
        var identity = authorization.Identify(request);
        if (found.Subscription is not { } subscription)
        {
            throw new PushRefusedException(PushProblem.Gone());
        }

        PushAuthorization.Check(subscription.ServerKey, identity);
        if (!rates.TryPass(id, core.Now))
        {
            throw new PushRefusedException(PushProblem.TooMany("The endpoint is posted to too often.", rates.RetryAfter));
        }

        var body = await PushBody.ReadAsync(context, core.Options.MaxBody, core.Options.BodyTimeout, core.Time).ConfigureAwait(false);
        var headers = PushPostHeaders.Read(request.Headers, core.Options.MaxTimeToLive);
        var content = PushContentHeaders.Read(request.Headers, body.Span, mayBePlain: subscription.Account is not null, identity);
        var now = core.Now;
        var message = new NewPushMessage
        {
            Id = PushId.New(),
            Endpoint = id,
            Topic = headers.Topic,
            Body = body,
            Encoding = content.Encoding,
            Encryption = content.Encryption,
            CryptoKey = content.CryptoKey,
            Urgency = headers.Urgency,
            SentAt = now,
            ExpiresAt = now + (headers.TimeToLive * 1000),
            Receipts = headers.TimeToLive > 0 ? await ReceiptsAsync(request, now, context.RequestAborted).ConfigureAwait(false) : null,
            ReceiptsExpireAt = now + (long)core.Options.ReceiptLifetime.TotalMilliseconds,
        };
        await AcceptAsync(subscription, message).ConfigureAwait(false);
        Answer(context.Response, message, headers.TimeToLive);
    }

    public async ValueTask<PushEndpointRecord> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = PushId.IsId(id) ? await core.Storage.Agents.FindEndpointAsync(id, cancellationToken).ConfigureAwait(false) : null;
        return found is null or { Subscription: null, IsGone: false } ? throw new PushRefusedException(PushProblem.NotFound()) : found;
    }

    /// <summary>Keeps a message, whether its sender waits for the answer or not.</summary>
    /// <returns>Whether it is on its way.</returns>
    public async Task<bool> AcceptAsync(PushSubscriptionRecord subscription, NewPushMessage message)
    {
        var (outcome, isLive) = await core.AcceptAsync(message, subscription.Agent, subscription.Channel, CancellationToken.None).ConfigureAwait(false);
        core.Metrics.Posted(outcome.ToString());
        return outcome switch
        {
            PushStoreOutcome.Done or PushStoreOutcome.Superseded => isLive,
            PushStoreOutcome.Gone => throw new PushRefusedException(PushProblem.GoneMeanwhile()),
            PushStoreOutcome.SubscriptionFull => throw new PushRefusedException(
                PushProblem.TooMany("As many messages wait for the subscription as may: its receiver was away for long. A topic would have replaced older ones.", FullRetrySeconds)),
            _ => throw new PushRefusedException(PushProblem.TooMany("As many messages wait for the receiver as may, who was away for long.", FullRetrySeconds)),
        };
    }

    private void Answer(HttpResponse response, NewPushMessage message, long timeToLive)
    {
        response.StatusCode = message.Receipts is null ? StatusCodes.Status201Created : StatusCodes.Status202Accepted;
        response.Headers.Location = core.Addresses.OfMessage(message.Id);
        response.Headers["TTL"] = timeToLive.ToString(CultureInfo.InvariantCulture);
        if (message.Receipts is { } receipts)
        {
            response.Headers.Link = $"<{core.Addresses.OfReceipts(receipts)}>; rel=\"{ReceiptRelation}\"";
        }
    }

    /// <summary>The receipt subscription that the sender names, if it is still there; a new one if they want any; null if not.</summary>
    private async ValueTask<string?> ReceiptsAsync(HttpRequest request, long now, CancellationToken cancellationToken)
    {
        var named = NamedReceipts(request);
        if (named is null && !request.Headers["Prefer"].Any(static value => value?.Contains("respond-async", StringComparison.OrdinalIgnoreCase) == true))
        {
            return null;
        }

        return named is { Length: > 0 } && await core.Storage.Receipts.ReadAsync(named, 0, 1, now, cancellationToken).ConfigureAwait(false) is not null ? named : PushId.New();
    }

    // Empty for one that is not ours.
    private string? NamedReceipts(HttpRequest request)
    {
        foreach (var link in request.Headers.Link.Where(static link => link?.Contains(ReceiptRelation, StringComparison.OrdinalIgnoreCase) == true))
        {
            var start = link!.IndexOf('<', StringComparison.Ordinal);
            var end = link.IndexOf('>', start + 1);
            return start >= 0 && end > start ? core.Addresses.ReceiptsOf(link[(start + 1)..end]) ?? "" : "";
        }

        return request.Headers["Push-Receipt"] is [{ } receipt] ? core.Addresses.ReceiptsOf(receipt) ?? "" : null;
    }
}
