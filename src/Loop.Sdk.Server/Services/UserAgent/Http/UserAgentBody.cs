using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Reads bodies: JSON of at most so many bytes, within a time.</summary>
internal static class UserAgentBody
{
    // A text's quotes and line ends take two bytes each, and there are other members.
    private const int Overhead = 64 * 1024;

    public static async Task<T> ReadAsync<T>(HttpContext context, UserAgentCore core, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new UserAgentRefusedException(StatusCodes.Status415UnsupportedMediaType, ErrorCodes.InvalidRequest, "The body has to be application/json.");
        }

        var most = (2 * core.Options.MaxText) + Overhead;
        var bytes = await ReadAsync(context, most, core).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type) ?? throw RequestCheck.Invalid("The body is null.");
        }
        catch (JsonException)
        {
            throw RequestCheck.Invalid("The body is no JSON object with the members that are expected.");
        }
    }

    public static long Required(long? value, string name) => value ?? throw RequestCheck.Invalid($"The member «{name}» is missing.");

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int most, UserAgentCore core)
    {
        if (context.Request.ContentLength > most)
        {
            throw UserAgentErrors.TooLarge("body", most);
        }

        using var slow = new CancellationTokenSource(core.Options.BodyTimeout, core.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, context.RequestAborted);
        try
        {
            using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
            var part = new byte[16 * 1024];
            while (await context.Request.Body.ReadAsync(part, either.Token).ConfigureAwait(false) is > 0 and var count)
            {
                if (body.Length + count > most)
                {
                    throw UserAgentErrors.TooLarge("body", most);
                }

                body.Write(part, 0, count);
            }

            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            throw new UserAgentRefusedException(StatusCodes.Status408RequestTimeout, ErrorCodes.DeadlineExceeded, "The body did not arrive in time.");
        }
        catch (BadHttpRequestException refused)
        {
            throw new UserAgentRefusedException(
                refused.StatusCode, refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? ErrorCodes.ContentTooLarge : ErrorCodes.InvalidRequest, "The body could not be read.");
        }
    }
}
