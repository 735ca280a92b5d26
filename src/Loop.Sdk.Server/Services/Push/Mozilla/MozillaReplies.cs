using System.Buffers;
using System.Text.Json;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>The server's messages. What is absent is left out.</summary>
internal static class MozillaReplies
{
    public static ReadOnlyMemory<byte> Ping { get; } = "{}"u8.ToArray();

    public static ReadOnlyMemory<byte> Hello(string uaid, IReadOnlyDictionary<string, string> news, IReadOnlyList<string> unknown) => Write("hello", writer =>
    {
        writer.WriteString("uaid"u8, uaid);
        writer.WriteNumber("status"u8, 200);
        writer.WriteBoolean("use_webpush"u8, true);
        WriteBroadcasts(writer, news, unknown);
    });

    public static ReadOnlyMemory<byte> Register(string channel, int status, string endpoint) => Write("register", writer =>
    {
        writer.WriteString("channelID"u8, channel);
        writer.WriteNumber("status"u8, status);
        writer.WriteString("pushEndpoint"u8, endpoint);
    });

    public static ReadOnlyMemory<byte> Unregister(string channel, int status) => Write("unregister", writer =>
    {
        writer.WriteString("channelID"u8, channel);
        writer.WriteNumber("status"u8, status);
    });

    public static ReadOnlyMemory<byte> Broadcast(IReadOnlyDictionary<string, string> news, IReadOnlyList<string> unknown) =>
        Write("broadcast", writer => WriteBroadcasts(writer, news, unknown));

    public static ReadOnlyMemory<byte> Notification(PushMessageRecord message) => Write("notification", writer =>
    {
        writer.WriteString("channelID"u8, message.Channel);
        writer.WriteString("version"u8, message.Id);
        if (message.Body.IsEmpty || message.Encoding == SimplePushBody.Encoding)
        {
            return;
        }

        writer.WriteString("data"u8, PushText.Encode(message.Body.Span));
        writer.WriteStartObject("headers"u8);
        WriteIfThere(writer, "encoding"u8, message.Encoding);
        WriteIfThere(writer, "encryption"u8, message.Encryption);
        WriteIfThere(writer, "crypto_key"u8, message.CryptoKey);
        writer.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Write(string type, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("messageType"u8, type);
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteIfThere(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteBroadcasts(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> news, IReadOnlyList<string> unknown)
    {
        writer.WriteStartObject("broadcasts"u8);
        foreach (var (id, version) in news)
        {
            writer.WriteString(id, version);
        }

        if (unknown.Count > 0)
        {
            writer.WriteStartObject(PushBroadcasts.Errors);
            foreach (var id in unknown.Distinct(StringComparer.Ordinal))
            {
                writer.WriteString(id, "Broadcast not found");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
