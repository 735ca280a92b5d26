using System.Buffers;
using System.Text.Json;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>A device's message.</summary>
/// <param name="Type">Its type; null if it has none.</param>
/// <param name="Members">Its members.</param>
internal sealed record CallMessage(string? Type, JsonElement Members)
{
    private const int MaxReason = 128;

    /// <summary>Reads a message; null if it is malformed.</summary>
    public static CallMessage? Read(ReadOnlyMemory<byte> text) =>
        ApiJson.Parse(text) is { ValueKind: JsonValueKind.Object } members ? new CallMessage(Text(members, "messageType"), members) : null;

    /// <summary>A member that is a text; null if it is not there.</summary>
    public string? Text(string name) => Text(Members, name);

    /// <summary>The names of those members that are missing.</summary>
    public string[] Missing(params string[] names) => [.. names.Where(name => !Members.TryGetProperty(name, out _))];

    /// <summary>Whether a reason is one: letters, digits and hyphens.</summary>
    public static bool IsReason(string reason) => reason.Length is > 0 and <= MaxReason && reason.All(static character => char.IsAsciiLetterOrDigit(character) || character == '-');

    /// <summary>Writes what a device is told.</summary>
    public static ReadOnlyMemory<byte> Write(CallNews news)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("messageType", news.Type);
            if (news.State is { } state)
            {
                writer.WriteString("state", state);
            }

            if (news.Reason is { } reason)
            {
                writer.WriteString("reason", reason);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes back what a device sent.</summary>
    public static ReadOnlyMemory<byte> WriteEcho(JsonElement echo)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("messageType", "echo");
            writer.WritePropertyName("echo");
            echo.WriteTo(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static string? Text(JsonElement members, string name) => members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
