using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.Handshake;
using Loop.Sdk.Tests.Harness;
using Loop.Sdk.Transport;

namespace Loop.Sdk.Tests.Transport;

[TestClass]
public sealed class WebSocketTransportTests
{
    private readonly ManualTime _time = new();

    [TestMethod]
    [DataRow("401 Unauthorized", "", ErrorCodes.Unauthenticated, Verdict.Stop, 0)]
    [DataRow("403 Forbidden", "", ErrorCodes.PermissionDenied, Verdict.Stop, 0)]
    [DataRow("429 Too Many Requests", "Retry-After: 7", ErrorCodes.RateLimited, Verdict.Resume, 7_000)]
    [DataRow("503 Service Unavailable", "Retry-After: Thu, 01 Jan 2026 01:00:30 GMT", ErrorCodes.Unavailable, Verdict.Resume, 30_000)]
    [DataRow("503 Service Unavailable", "Retry-After: 99999999", ErrorCodes.Unavailable, Verdict.Resume, 3_600_000)]
    [DataRow("503 Service Unavailable", "Retry-After: soon", ErrorCodes.Unavailable, Verdict.Resume, 0)]
    public async Task Http_status_is_a_goaway(string status, string header, string code, Verdict verdict, int retryAfterMs)
    {
        var refusal = await Assert.ThrowsExactlyAsync<GoAwayException>(() => ConnectAsync(_ => $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n{header}{(header.Length > 0 ? "\r\n" : "")}\r\n"));

        Assert.AreEqual(code, refusal.GoAway.Code);
        Assert.AreEqual(verdict, refusal.GoAway.Verdict);
        Assert.AreEqual(retryAfterMs, refusal.GoAway.RetryAfterMs);
    }

    [TestMethod]
    public async Task Status_that_says_nothing_certain_is_a_failed_attempt() =>
        await Assert.ThrowsExactlyAsync<System.Net.WebSockets.WebSocketException>(() => ConnectAsync(_ => "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));

    [TestMethod]
    public async Task Endpoint_of_another_protocol_is_refused()
    {
        var refusal = await Assert.ThrowsExactlyAsync<GoAwayException>(() => ConnectAsync(head => Upgrade(head, "")));

        Assert.AreEqual(ErrorCodes.UnsupportedProtocol, refusal.GoAway.Code);
        Assert.AreEqual(Verdict.Stop, refusal.GoAway.Verdict);
    }

    [TestMethod]
    public async Task Request_names_the_subprotocol_and_what_the_application_adds()
    {
        string? request = null;

        await ConnectAsync(head => Upgrade(request = head, "Sec-WebSocket-Protocol: loop.v1\r\n"), static options => options.ConfigureWebSocket = static socket => socket.SetRequestHeader("X-Added", "yes"));

        Assert.Contains("GET /loop HTTP/1.1", request!);
        Assert.Contains("Sec-WebSocket-Protocol: loop.v1", request!);
        Assert.Contains("X-Added: yes", request!);
    }

    private async Task ConnectAsync(Func<string, string> answer, Action<ChannelClientOptions>? configure = null)
    {
        using var endpoint = new HttpEndpoint(answer);
        var options = new ChannelClientOptions { Endpoint = endpoint.Address, TimeProvider = _time };
        configure?.Invoke(options);
        using var socket = await new WebSocketTransport(options).ConnectAsync(CancellationToken.None).AsTask().Soon();
    }

    private static string Upgrade(string head, string headers)
    {
        const string Name = "Sec-WebSocket-Key: ";
        var key = head.Split("\r\n").Single(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))[Name.Length..];
#pragma warning disable CA5350 // RFC 6455, section 4.2.2.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        return $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n{headers}\r\n";
    }
}
