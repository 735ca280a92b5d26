using System.Globalization;
using System.Text;
using System.Text.Json;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Loop.Sdk.Server.Push;

/// <summary>The way to push before Web Push: a version is put, and the client is told the newest one. Answers are those of Mozilla's pushgo.</summary>
internal sealed class SimplePush(PushCore core, PushPost posts)
{
    private const int MaxData = 4096;

    // As a form: the data may be escaped.
    private const int MaxBody = (MaxData * 3) + 256;

    public async Task HandleAsync(HttpContext context, string id)
    {
        try
        {
            var (version, data) = await ReadAsync(context).ConfigureAwait(false);
            var found = await posts.FindAsync(id, context.RequestAborted).ConfigureAwait(false);
            PushAuthorization.Check(found.Subscription is { } subscription ? subscription.ServerKey : throw new PushRefusedException(PushProblem.Gone()), identity: null);
            var now = core.Now;
            var isLive = await posts.AcceptAsync(subscription, new NewPushMessage
            {
                Id = PushId.New(),
                Endpoint = id,
                Topic = SimplePushBody.Topic,
                Version = version,
                Body = JsonSerializer.SerializeToUtf8Bytes(new SimplePushBody(version, data), PushHttpJson.Default.SimplePushBody),
                Encoding = SimplePushBody.Encoding,
                SentAt = now,
                ExpiresAt = now + (long)core.Options.MaxTimeToLive.TotalMilliseconds,
            }).ConfigureAwait(false);
            await AnswerAsync(context.Response, isLive ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, "{}").ConfigureAwait(false);
        }
        catch (PushRefusedException refused)
        {
            var problem = refused.Problem;
            var text = problem.Status switch
            {
                StatusCodes.Status404NotFound or StatusCodes.Status410Gone => "Invalid Token",
                StatusCodes.Status413PayloadTooLarge => $"Data exceeds max length of {MaxData} bytes",
                _ => problem.Message,
            };
            PushEndpoint.WriteHeaders(context.Response, problem);
            await AnswerAsync(context.Response, problem.Status, JsonSerializer.Serialize(text, PushHttpJson.Default.String)).ConfigureAwait(false);
        }
    }

    private async Task<(long Version, string? Data)> ReadAsync(HttpContext context)
    {
        var body = await PushBody.ReadAsync(context, MaxBody, core.Options.BodyTimeout, core.Time).ConfigureAwait(false);
        var form = QueryHelpers.ParseQuery(body.IsEmpty ? context.Request.QueryString.Value : Encoding.UTF8.GetString(body.Span));
        var data = form.TryGetValue("data", out var given) ? given.ToString() : null;
        if (data is not null && Encoding.UTF8.GetByteCount(data) > MaxData)
        {
            throw new PushRefusedException(PushProblem.TooLarge(0, MaxData));
        }

        var text = form.TryGetValue("version", out var versions) ? versions.ToString() : "";
        if (text is "" or "0")
        {
            return (core.Time.GetUtcNow().ToUnixTimeSeconds(), data);
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, data)
            : throw new PushRefusedException(PushProblem.BadRequest(null, "Invalid Version"));
    }

    private static Task AnswerAsync(HttpResponse response, int status, string json)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        return response.WriteAsync(json, response.HttpContext.RequestAborted);
    }
}
