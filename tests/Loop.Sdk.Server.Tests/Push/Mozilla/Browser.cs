using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>A browser's end of the protocol, message by message.</summary>
internal sealed class Browser : IAsyncDisposable
{
    public const string Channel = "11111111-2222-4333-8444-555555555555";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();

    private Browser()
    {
    }

    public string Uaid { get; private set; } = "";

    public string Endpoint { get; private set; } = "";

    public string? Subprotocol => _socket.SubProtocol;

    public static async Task<Browser> ConnectAsync(Uri address, string? subprotocol = "push-notification")
    {
        var browser = new Browser();
        if (subprotocol is not null)
        {
            browser._socket.Options.AddSubProtocol(subprotocol);
        }

        browser._socket.Options.SetRequestHeader("Origin", address.ToString());
        await browser._socket.ConnectAsync(address, CancellationToken.None);
        return browser;
    }

    public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type) => _socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);

    /// <summary>The next message's text.</summary>
    public async Task<string> TextAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16_384];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
            Assert.AreEqual(WebSocketMessageType.Text, part.MessageType, $"Closed: {part.CloseStatus} {part.CloseStatusDescription}");
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    public async Task<JsonElement> NextAsync(string type)
    {
        var message = JsonElement.Parse(await TextAsync());
        Assert.AreEqual(type, message.GetProperty("messageType").GetString());
        return message;
    }

    public async Task<JsonElement> HelloAsync(string? uaid = null, string? more = null)
    {
        await SendAsync($$"""{"messageType":"hello","use_webpush":true,"channelIDs":[]{{(uaid is null ? "" : $",\"uaid\":\"{uaid}\"")}}{{more}}}""");
        var hello = await NextAsync("hello");
        Assert.AreEqual((200, true), (hello.GetProperty("status").GetInt32(), hello.GetProperty("use_webpush").GetBoolean()));
        Uaid = hello.GetProperty("uaid").GetString()!;
        return hello;
    }

    public async Task<JsonElement> RegisterAsync(string channel = Channel, string? key = null)
    {
        await SendAsync($$"""{"messageType":"register","channelID":"{{channel}}","key":{{(key is null ? "null" : $"\"{key}\"")}}}""");
        var answer = await NextAsync("register");
        Assert.AreEqual(channel, answer.GetProperty("channelID").GetString());
        Endpoint = answer.GetProperty("pushEndpoint").GetString()!;
        return answer;
    }

    public async Task UnregisterAsync(string channel = Channel)
    {
        await SendAsync($$"""{"messageType":"unregister","channelID":"{{channel}}","code":200}""");
        var answer = await NextAsync("unregister");
        Assert.AreEqual((channel, 200), (answer.GetProperty("channelID").GetString(), answer.GetProperty("status").GetInt32()));
    }

    /// <summary>The next notification's version and text.</summary>
    public async Task<(string Version, string Text)> NotificationAsync()
    {
        var message = await NextAsync("notification");
        Assert.AreEqual(Channel, message.GetProperty("channelID").GetString());
        return (message.GetProperty("version").GetString()!, message.TryGetProperty("data", out var data) ? Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(data.GetString())) : "");
    }

    public Task AcknowledgeAsync(params IEnumerable<string> versions) =>
        SendAsync($$"""{"messageType":"ack","updates":[{{string.Join(',', versions.Select(static version => $$"""{"channelID":"{{Channel}}","version":"{{version}}"}"""))}}]}""");

    /// <summary>Asserts that nothing is on its way: what is asked for now is answered next.</summary>
    public async Task NothingComesAsync()
    {
        await SendAsync("""{"messageType":"broadcast_subscribe","broadcasts":{"nothing":"1"}}""");
        await NextAsync("broadcast");
    }

    /// <summary>Asks for a broadcast that there is not, and reads until the answer.</summary>
    /// <returns>Null for the answer; the code of the goodbye that comes instead, 0 for none.</returns>
    public async Task<int?> IsHeardAsync(string broadcast)
    {
        try
        {
            await SendAsync($$$"""{"messageType":"broadcast_subscribe","broadcasts":{"{{{broadcast}}}":"1"}}""");
            var buffer = new byte[128 * 1024];
            while (true)
            {
                var length = 0;
                WebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), CancellationToken.None).WaitAsync(Patience);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return (int)part.CloseStatus!;
                }

                if (Encoding.UTF8.GetString(buffer, 0, length).Contains($"\"{broadcast}\"", StringComparison.Ordinal))
                {
                    return null;
                }
            }
        }
        catch (WebSocketException)
        {
            return 0;
        }
    }

    /// <summary>Closes as a browser that shuts down, until the server has closed too.</summary>
    public async Task CloseAsync() => await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Patience);

    /// <summary>How the server closes.</summary>
    public async Task<(int Code, string? Reason)> ClosedAsync()
    {
        var part = await _socket.ReceiveAsync(new byte[16_384], CancellationToken.None).WaitAsync(Patience);
        Assert.AreEqual(WebSocketMessageType.Close, part.MessageType);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return ((int)part.CloseStatus!, part.CloseStatusDescription);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
