using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Contracts;

internal sealed class JsonCodec<T>(JsonTypeInfo<T> typeInfo) : PayloadCodec<T>
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static JsonCodec<T> For(JsonSerializerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetTypeInfo(typeof(T)) is JsonTypeInfo<T> typeInfo
            ? new JsonCodec<T>(typeInfo)
            : throw new ArgumentException($"{context.GetType().Name} does not know {typeof(T).Name}: add [JsonSerializable(typeof({typeof(T).Name}))] to it.", nameof(context));
    }

    public override void Write(T value, IBufferWriter<byte> destination)
    {
        var writer = _writer;
        if (writer is null)
        {
            _writer = writer = new Utf8JsonWriter(destination, new JsonWriterOptions { SkipValidation = true });
        }
        else
        {
            writer.Reset(destination);
        }

        try
        {
            JsonSerializer.Serialize(writer, value, typeInfo);
        }
        catch
        {
            // A converter that threw leaves the writer in the middle of a value.
            _writer = null;
            throw;
        }
    }

    public override T Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, typeInfo)!;
        }
        catch (JsonException exception)
        {
            throw new LoopException(ErrorCodes.InvalidPayload, $"The payload is not a valid {typeof(T).Name}.", exception);
        }
    }
}
