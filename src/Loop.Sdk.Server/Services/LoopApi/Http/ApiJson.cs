using System.Text.Json;
using System.Text.Unicode;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Reads what clients send.</summary>
internal static class ApiJson
{
    /// <summary>Reads JSON; null if it is malformed, or has half a character somewhere, which no later reader expects.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            if (!Utf8.IsValid(text.Span) || !HasWholeCharacters(text.Span))
            {
                return null;
            }

            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Escapes can stand for half a character.
    private static bool HasWholeCharacters(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
