using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Loop.Sdk.Server.Tests.UserAgent.Http.Harness;

/// <summary>An old client's WebSocket.</summary>
internal sealed class LegacyClient(ClientWebSocket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 20];

    public async Task<JsonNode> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            Assert.AreEqual(WebSocketMessageType.Text, part.MessageType);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(_buffer.AsSpan(0, length))!;
            }
        }
    }

    /// <summary>Waits until all stars are these, in any order, and gives the newest as they are told with them.</summary>
    public async Task<string> UntilStarsAsync(params string[] urls)
    {
        while (true)
        {
            var message = await NextAsync();
            Assert.AreEqual("diff PROFILE_DIFF_BOOKMARKS", $"{message["message"]} {message["type"]}");
            var recent = await NextAsync();
            Assert.AreEqual("diff PROFILE_DIFF_RECENT_BOOKMARKS", $"{recent["message"]} {recent["type"]}");
            if (message["payload"]!.AsArray().Select(static url => url!.GetValue<string>()).ToHashSet().SetEquals(urls))
            {
                return string.Join(' ', recent["payload"]!.AsArray().Select(static star => $"{star!["url"]}:{star["title"]}"));
            }
        }
    }

    public void Dispose() => socket.Dispose();
}
