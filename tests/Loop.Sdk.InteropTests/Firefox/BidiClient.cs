using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loop.Sdk.InteropTests.Firefox;

/// <summary>WebDriver BiDi, as much as the tests need: one command after the other.</summary>
internal sealed class BidiClient(ClientWebSocket socket) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _message = new();
    private int _id;

    public static async Task<BidiClient> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(endpoint, cancellationToken);
        var client = new BidiClient(socket);
        await client.CommandAsync("session.new", new JsonObject { ["capabilities"] = new JsonObject() }, cancellationToken);
        return client;
    }

    public async Task<JsonElement> CommandAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var id = ++_id;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            var message = await ReadAsync(cancellationToken);
            if (message.TryGetProperty("id", out var answered) && answered.ValueKind == JsonValueKind.Number && answered.GetInt32() == id)
            {
                return message.GetProperty("type").GetString() == "success" ? message.GetProperty("result") : throw new InvalidOperationException($"{method}: {message}");
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        _message.ResetWrittenCount();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(_message.GetMemory(4096), cancellationToken);
            _message.Advance(received.Count);
        }
        while (!received.EndOfMessage);
        return JsonElement.Parse(_message.WrittenSpan);
    }
}
