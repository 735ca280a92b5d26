using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Rooms;

/// <summary>Reads what somebody else sealed.</summary>
internal static class SealedJson
{
    /// <exception cref="LoopException"><c>invalid_payload</c>.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            if (JsonSerializer.Deserialize(json.Span, type) is { } value)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            // The parser's own message quotes what it read.
        }

        throw new LoopException(ErrorCodes.InvalidPayload, "What was sealed is not of this type.");
    }
}
