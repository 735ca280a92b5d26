using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>
/// What is sealed as an entry: <c>{"kind", "replyTo"?: {"author", "key"}, "body"}</c>. The server has kind and reply in clear too, where it could change them: so what counts
/// is in here.
/// </summary>
internal readonly record struct EntryDocument(string Kind, string? ReplyToAuthor, string? ReplyToKey, ReadOnlyMemory<byte> Body)
{
    private const int MaxDepth = 64;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write<T>(string kind, TimelineEntry? replyTo, T body, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, kind);
            if (replyTo is not null)
            {
                writer.WriteStartObject("replyTo"u8);
                writer.WriteString("author"u8, replyTo.Author);
                writer.WriteString("key"u8, replyTo.Key);
                writer.WriteEndObject();
            }

            writer.WritePropertyName("body"u8);
            JsonSerializer.Serialize(writer, body, type);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="LoopException"><c>invalid_envelope</c>.</exception>
    public static EntryDocument Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = Parse(json);
            return document.Kind is not null && !document.Body.IsEmpty ? document : throw Invalid();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Invalid();
        }
    }

    private static EntryDocument Parse(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        var document = default(EntryDocument);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kind"u8))
            {
                reader.Read();
                document = document with { Kind = reader.GetString()! };
            }
            else if (reader.ValueTextEquals("replyTo"u8))
            {
                document = ReadReply(ref reader, document);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                document = document with { Body = json[start..(int)reader.BytesConsumed] };
            }
            else
            {
                reader.Skip();
            }
        }

        // Nothing may follow: it could mean something to somebody else.
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? document : throw Invalid();
    }

    private static EntryDocument ReadReply(ref Utf8JsonReader reader, EntryDocument document)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("author"u8))
            {
                reader.Read();
                document = document with { ReplyToAuthor = reader.GetString() };
            }
            else if (reader.ValueTextEquals("key"u8))
            {
                reader.Read();
                document = document with { ReplyToKey = reader.GetString() };
            }
            else
            {
                reader.Skip();
            }
        }

        return document;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw Invalid();
        }
    }

    private static LoopException Invalid() => CryptographyErrors.InvalidEnvelope("what was sealed is no entry");
}
