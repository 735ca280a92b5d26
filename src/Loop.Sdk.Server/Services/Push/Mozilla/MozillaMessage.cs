using System.Text.Json;

namespace Loop.Sdk.Server.Push;

/// <summary>A browser's message, read member by member. Whatever is not as it should be ends the connection, as with Mozilla's service.</summary>
internal readonly struct MozillaMessage(JsonElement root)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    public string Type { get; } = TypeOf(root);

    /// <exception cref="MozillaClosedException">It is no JSON object.</exception>
    public static MozillaMessage Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone()) : throw Malformed();
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    /// <summary>A text; null if it is missing, or null.</summary>
    public string? Text(string name) => root.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>The channel that the message is about.</summary>
    public string Channel() => Text("channelID") is { } channel && PushId.IsChannel(channel) ? channel : throw Malformed();

    /// <summary>The broadcasts that are named, with their versions.</summary>
    public IReadOnlyDictionary<string, string> Broadcasts()
    {
        var broadcasts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!root.TryGetProperty("broadcasts", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return broadcasts;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Malformed();
        }

        foreach (var broadcast in value.EnumerateObject())
        {
            broadcasts[broadcast.Name] = TextOf(broadcast.Value) ?? throw Malformed();
        }

        return broadcasts;
    }

    /// <summary>What came of messages.</summary>
    public IReadOnlyList<(string Version, int Code)> Updates()
    {
        if (!root.TryGetProperty("updates", out var updates) || updates.ValueKind != JsonValueKind.Array)
        {
            throw Malformed();
        }

        var acknowledged = new List<(string, int)>();
        foreach (var update in updates.EnumerateArray())
        {
            if (update.ValueKind != JsonValueKind.Object || !update.TryGetProperty("version", out var version))
            {
                throw Malformed();
            }

            acknowledged.Add((TextOf(version) ?? throw Malformed(), CodeOf(update)));
        }

        return acknowledged;
    }

    private static int CodeOf(JsonElement update) =>
        !update.TryGetProperty("code", out var code) || code.ValueKind == JsonValueKind.Null ? 100 : code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : throw Malformed();

    // An object without anything is a ping.
    private static string TypeOf(JsonElement root) => root.TryGetProperty("messageType", out var type) ? TextOf(type) ?? throw Malformed() : root.EnumerateObject().Any() ? throw Malformed() : "ping";

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Null => null,
                _ => throw Malformed(),
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8.
            throw Malformed();
        }
    }

    private static MozillaClosedException Malformed() => new(MozillaClose.Json);
}
