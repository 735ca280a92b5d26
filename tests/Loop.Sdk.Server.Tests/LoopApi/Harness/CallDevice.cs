using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

/// <summary>A device's end of a call.</summary>
internal sealed class CallDevice : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();

    public static async Task<CallDevice> ConnectAsync(string address)
    {
        var device = new CallDevice();
        await device._socket.ConnectAsync(new Uri(address), CancellationToken.None);
        return device;
    }

    /// <summary>Connects, says hello, and gives the state that it was told.</summary>
    public static async Task<(CallDevice Device, string State)> HelloAsync(JsonElement call, string? auth = null)
    {
        var device = await ConnectAsync(call.GetProperty("progressURL").GetString()!);
        await device.SendAsync($$"""{"messageType":"hello","callId":"{{call.GetProperty("callId").GetString()}}","auth":"{{auth ?? call.GetProperty("websocketToken").GetString()}}"}""");
        return (device, await device.NextAsync());
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task ActAsync(string action, string? reason = null) =>
        SendAsync(reason is null ? $$"""{"messageType":"action","event":"{{action}}"}""" : $$"""{"messageType":"action","event":"{{action}}","reason":"{{reason}}"}""");

    /// <summary>The next message: type, and state and reason if it has them. <c>closed</c> at the end.</summary>
    public async Task<string> NextAsync()
    {
        if (await TextAsync() is not { } text)
        {
            return "closed";
        }

        var message = JsonElement.Parse(text);
        return string.Join(' ', new[] { "messageType", "state", "reason" }.Where(name => message.TryGetProperty(name, out _)).Select(name => message.GetProperty(name).GetString()));
    }

    public async Task<string?> TextAsync()
    {
        var buffer = new byte[16_384];
        var part = await _socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
        if (part.MessageType == WebSocketMessageType.Close)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            return null;
        }

        Assert.IsTrue(part.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        _socket.Dispose();
    }
}
