using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>One request, and the answers to it.</summary>
internal sealed class ApiCall(HttpContext context, LoopHttpApiOptions options, TimeProvider time)
{
    private const string Json = "application/json";

    // What is read as JSON need not be safe as HTML, and base64 has many a plus sign.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int SmallAnswer = 1024;

    // What a list of rooms is sent in.
    private const int FlushAfter = 64 * 1024;

    private ReadOnlyMemory<byte>? _raw;
    private ApiBody? _body;

    public HttpContext Context => context;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The parameter of the path.</summary>
    public string Token => context.GetRouteValue("token") as string ?? "";

    /// <summary>The scheme of the header Authorization in lower case, and what stands after it; empty if there is none.</summary>
    public (string Scheme, string Value) Authorization
    {
        get
        {
            var headers = context.Request.Headers.Authorization;
            var text = headers.Count == 1 ? headers[0]!.AsSpan().Trim() : default;
            var space = text.IndexOf(' ');
            return headers.Count > 1 ? throw ApiErrors.Hawk(StatusCodes.Status400BadRequest, "Bad header format")
                : space < 0 ? (text.ToString().ToLowerInvariant(), "")
                : (text[..space].ToString().ToLowerInvariant(), text[space..].Trim().ToString());
        }
    }

    /// <summary>The whole body, as it came.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync() => _raw ??= await ApiBody.ReadAsync(context.Request, options, time).ConfigureAwait(false);

    /// <summary>The members of the body.</summary>
    public async ValueTask<ApiBody> BodyAsync() => _body ??= ApiBody.Parse(context.Request.ContentType, await ReadAsync().ConfigureAwait(false));

    /// <summary>Refuses clients that take no JSON.</summary>
    public void RequireJson()
    {
        var accepted = context.Request.Headers.Accept;
        if (accepted.Count > 0 && !accepted.SelectMany(static value => (value ?? "").Split(',')).Any(Takes))
        {
            throw ApiErrors.NotAcceptable();
        }
    }

    /// <summary>Answers without a body.</summary>
    public void Answer(int status) => Begin(status);

    /// <summary>Answers 200 with an empty body that is called JSON, as registrations are.</summary>
    public void AnswerEmptyJson()
    {
        Begin(StatusCodes.Status200OK);
        context.Response.ContentType = Json;
        context.Response.ContentLength = 0;
    }

    /// <summary>Answers with JSON.</summary>
    public async Task AnswerAsync(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(SmallAnswer);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            write(writer);
        }

        Begin(status);
        context.Response.ContentType = Json;
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, Aborted).ConfigureAwait(false);
    }

    /// <summary>Answers with an array that may be long.</summary>
    public async Task AnswerAllAsync<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        Begin(StatusCodes.Status200OK);
        context.Response.ContentType = Json;
        var writer = new Utf8JsonWriter(context.Response.BodyWriter, Writing);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartArray();
            foreach (var item in items)
            {
                write(writer, item);
                if (writer.BytesPending + writer.BytesCommitted > FlushAfter)
                {
                    writer.Flush();
                    await context.Response.BodyWriter.FlushAsync(Aborted).ConfigureAwait(false);
                }
            }

            writer.WriteEndArray();
        }

        await context.Response.BodyWriter.FlushAsync(Aborted).ConfigureAwait(false);
    }

    /// <summary>Answers with a refusal.</summary>
    public Task RefuseAsync(ApiException refusal)
    {
        if (refusal.Challenge is { } challenge)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
        }

        return AnswerAsync(refusal.Status, writer => Write(writer, refusal));
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Media types are compared in lower case.")]
    private static bool Takes(string accepted)
    {
        var parts = accepted.Split(';', StringSplitOptions.TrimEntries);
        return parts[0].ToLowerInvariant() is Json or "application/*" or "*/*" or "*" && !parts.Skip(1).Any(static part => part is "q=0" or "q=0.0" or "q=0.00" or "q=0.000");
    }

    private static void Write(Utf8JsonWriter writer, ApiException refusal)
    {
        writer.WriteStartObject();
        writer.WriteNumber("code", refusal.Status);
        writer.WriteNumber("errno", refusal.Errno);
        if (refusal.IsOfHawk)
        {
            writer.WriteStartObject("error");
            writer.WriteNumber("statusCode", refusal.Status);
            writer.WriteString("error", refusal.Status == StatusCodes.Status401Unauthorized ? "Unauthorized" : "Bad Request");
            if (refusal.Message.Length > 0)
            {
                writer.WriteString("message", refusal.Message);
            }

            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("error", refusal.Message);
        }

        writer.WriteEndObject();
    }

    private void Begin(int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        if (status is StatusCodes.Status200OK or StatusCodes.Status401Unauthorized)
        {
            response.Headers["Timestamp"] = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            response.Headers.RetryAfter = ((int)options.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
