using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The members of a request's body: of a JSON object, or of a form.</summary>
internal sealed class ApiBody
{
    private static readonly ApiBody Empty = new(default);

    private readonly JsonElement _members;

    private ApiBody(JsonElement members) => _members = members;

    /// <summary>Reads a body, within a time and up to a size.</summary>
    /// <exception cref="ApiException">It is too large, too slow, or not HTTP.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, LoopHttpApiOptions options, TimeProvider time)
    {
        var length = request.ContentLength;
        if (length > options.MaxBody)
        {
            throw ApiErrors.TooLarge();
        }

        if (length == 0)
        {
            return default;
        }

        try
        {
            return length is { } whole && TakeWhole(request.BodyReader, whole) is { } body ? body : await WaitAsync(request, options, time).ConfigureAwait(false);
        }
        catch (BadHttpRequestException refused)
        {
            throw refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? ApiErrors.TooLarge() : ApiErrors.Malformed();
        }
    }

    /// <summary>Reads the members of a body. One of another kind than JSON and forms has none.</summary>
    /// <exception cref="ApiException">It is malformed.</exception>
    public static ApiBody Parse(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return Empty;
        }

        var type = (contentType ?? "").Split(';')[0].Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? new(ParseJson(body))
            : type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? new(ParseForm(body.Span))
            : Empty;
    }

    public bool Has(string name) => TryGet(name, out _);

    /// <summary>Refuses a body that lacks members.</summary>
    public void Require(params ReadOnlySpan<string> names)
    {
        var missing = new List<string>();
        foreach (var name in names)
        {
            if (!Has(name))
            {
                missing.Add(name);
            }
        }

        if (missing.Count > 0)
        {
            throw ApiErrors.Missing(missing);
        }
    }

    public bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return _members.ValueKind == JsonValueKind.Object && _members.TryGetProperty(name, out value);
    }

    /// <summary>A text; null if it is absent.</summary>
    public string? Text(string name) => !TryGet(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw ApiErrors.Invalid($"{name} should be a string");

    /// <summary>A whole number, or a text that is one; null if it is absent.</summary>
    public long? Number(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw ApiErrors.Invalid($"{name} should be a whole number"),
        };
    }

    /// <summary>Most bodies come with their headers: then there is no wait that would have to be ended.</summary>
    private static byte[]? TakeWhole(PipeReader reader, long length)
    {
        if (!reader.TryRead(out var read))
        {
            return null;
        }

        var isWhole = read.Buffer.Length == length;
        var body = isWhole ? read.Buffer.ToArray() : null;
        reader.AdvanceTo(isWhole ? read.Buffer.End : read.Buffer.Start);
        return body;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> WaitAsync(HttpRequest request, LoopHttpApiOptions options, TimeProvider time)
    {
        var most = options.MaxBody;
        using var slow = new CancellationTokenSource(options.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, request.HttpContext.RequestAborted);
        var size = (int)(request.ContentLength ?? most) + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var read = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, size), size, throwOnEndOfStream: false, either.Token).ConfigureAwait(false);
            return read <= most ? buffer.AsSpan(0, read).ToArray() : throw ApiErrors.TooLarge();
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested)
        {
            request.HttpContext.Response.Headers.Connection = "close";
            throw new ApiException(StatusCodes.Status408RequestTimeout, ApiErrno.Undefined, "Request Timeout");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static JsonElement ParseJson(ReadOnlyMemory<byte> body) =>
        ApiJson.Parse(body) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } members ? members : throw ApiErrors.Malformed();

    private static JsonElement ParseForm(ReadOnlySpan<byte> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)))
            {
                writer.WriteString(name, values[^1]);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
