using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Presence;

/// <summary>Members' data as types of the application's own.</summary>
public static class PresenceJsonData
{
    // Text in other alphabets would grow sixfold. It is no part of a page that a browser reads.
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a member's data.</summary>
    /// <param name="member">The member.</param>
    /// <param name="type">The type, from a source-generated context.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The data; the type's default if there is none.</returns>
    /// <exception cref="LoopException"><c>invalid_payload</c>: it is not of this type. Whoever is present wrote it.</exception>
    public static T? ReadData<T>(this PresenceMember member, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(type);
        try
        {
            return member.Data is { } data ? data.Deserialize(type) : default;
        }
        catch (JsonException exception)
        {
            throw new LoopException(ErrorCodes.InvalidPayload, "The member's data is not of this type.", exception);
        }
    }

    internal static JsonElement Write<T>(T data, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Unescaped))
        {
            JsonSerializer.Serialize(writer, data, type);
        }

        return Checked(JsonElement.Parse(bytes.WrittenSpan))!.Value;
    }

    /// <exception cref="ArgumentException">The data is no object.</exception>
    internal static JsonElement? Checked(JsonElement? data) => data is not { ValueKind: not JsonValueKind.Object }
        ? data?.Clone()
        : throw new ArgumentException("The data has to be a JSON object.", nameof(data));
}
