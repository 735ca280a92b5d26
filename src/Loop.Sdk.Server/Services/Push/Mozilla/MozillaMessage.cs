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
    public string? Text(string name) => Find(root, name) is { } value ? TextOf(value) : null;

    /// <summary>The channel that the message is about.</summary>
    public string Channel() => Text("channelID") is { } channel && PushId.IsChannel(channel) ? channel : throw Malformed();

    /// <summary>The broadcasts that are named, with their versions.</summary>
    public IReadOnlyDictionary<string, string> Broadcasts()
    {
        var broadcasts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Find(root, "broadcasts") is not { ValueKind: not JsonValueKind.Null } value)
        {
            return broadcasts;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Malformed();
        }

        foreach (var broadcast in value.EnumerateObject())
        {
            broadcasts[Unicode(() => broadcast.Name)] = TextOf(broadcast.Value) ?? throw Malformed();
        }

        return broadcasts;
    }

    /// <summary>What came of messages.</summary>
    public IReadOnlyList<(string Version, int Code)> Updates()
    {
        if (Find(root, "updates") is not { ValueKind: JsonValueKind.Array } updates)
        {
            throw Malformed();
        }

        var acknowledged = new List<(string, int)>();
        foreach (var update in updates.EnumerateArray())
        {
            var version = update.ValueKind == JsonValueKind.Object && Find(update, "version") is { } found ? TextOf(found) : null;
            acknowledged.Add((version ?? throw Malformed(), CodeOf(update)));
        }

        return acknowledged;
    }

    private static int CodeOf(JsonElement update) =>
        Find(update, "code") is not { ValueKind: not JsonValueKind.Null } code ? 100 : code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : throw Malformed();

    // An object without anything is a ping.
    private static string TypeOf(JsonElement root) => Find(root, "messageType") is { } type ? TextOf(type) ?? throw Malformed() : root.EnumerateObject().Any() ? throw Malformed() : "ping";

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Unicode(value.GetString),
        JsonValueKind.Null => null,
        _ => throw Malformed(),
    };

    private static JsonElement? Find(JsonElement element, string name) => Unicode(() => element.TryGetProperty(name, out var value) ? value : default(JsonElement?));

    private static T Unicode<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // A name or a text has half a surrogate pair, or bytes that are no UTF-8.
            throw Malformed();
        }
    }

    private static MozillaClosedException Malformed() => new(MozillaClose.Json);
}
