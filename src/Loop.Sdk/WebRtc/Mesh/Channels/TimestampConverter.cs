using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loop.Sdk.WebRtc;

/// <summary>Times as Hello's clients write them: UTC with milliseconds and a Z. What is no time is read as none.</summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset?>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
