using System.Net.WebSockets;
using System.Text;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Server.Tests.Harness;

namespace Loop.Sdk.Server.Tests.Channel;

/// <summary>What a client may send wrong on a session: calls fail alone, broken frames end the session, and the client always learns why.</summary>
[TestClass]
public sealed class BadInputTests
{
    [TestMethod]
    public async Task Unknown_service_fails_the_call_alone()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, 1, service: "test.none/1");
        Assert.AreEqual(ErrorCodes.UnknownService, (await client.ReadAsync()).Error.Code);
        await client.CallAsync(3, 1, serviceId: 77);
        Assert.AreEqual(ErrorCodes.UnknownService, (await client.ReadAsync()).Error.Code);
        await AssertAliveAsync(client, 5);
    }

    [TestMethod]
    public async Task Unknown_method_fails_the_call_alone()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, 99);
        Assert.AreEqual(ErrorCodes.UnknownMethod, (await client.ReadAsync()).Error.Code);
        await AssertAliveAsync(client, 3);
    }

    [TestMethod]
    [DataRow("{\"not\":\"a string\"}")]
    [DataRow("\"cut")]
    [DataRow("")]
    public async Task Payload_that_does_not_fit_fails_the_call_alone(string json)
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.EchoMethod, json);
        Assert.AreEqual(ErrorCodes.InvalidPayload, (await client.ReadAsync()).Error.Code);
        await AssertAliveAsync(client, 3);
    }

    [TestMethod]
    public async Task Handler_that_throws_is_logged_here_and_says_nothing_there()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.FailMethod, "\"detail\"");
        var error = (await client.ReadAsync()).Error;
        Assert.AreEqual(ErrorCodes.Internal, error.Code);
        Assert.IsFalse(error.Message.Contains("detail", StringComparison.Ordinal));
        await AssertAliveAsync(client, 3);

        // The caller does not wait for the log.
        await host.PassTimeUntilAsync(() => host.Logs.Entries.Any(static entry => entry.Contains("secret detail", StringComparison.Ordinal)), TimeSpan.Zero);
    }

    [TestMethod]
    public async Task Error_of_a_handler_reaches_the_client_as_it_is()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.FailMethod, "\"known\"");
        Assert.AreEqual("test_failed", (await client.ReadAsync()).Error.Code);
    }

    [TestMethod]
    public async Task Oversized_frame_ends_the_session()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.SendAsync((byte)FrameKind.Item, 0xFF, 0xFF, 0x7F);
        await AssertEndedAsync(host, client, ErrorCodes.FrameTooLarge, WebSocketCloseStatus.MessageTooBig);
    }

    [TestMethod]
    public async Task More_than_a_stream_was_given_credit_for_ends_the_session()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.JoinMethod, "", end: false);
        await host.Handler.Waiting;
        for (var part = 0; part < 5; part++)
        {
            await client.SendAsync(RawClient.Frame(FrameKind.Item, 1, [], new byte[FrameLimits.MaxPayload]));
        }

        await AssertEndedAsync(host, client, ErrorCodes.CreditViolation, WebSocketCloseStatus.ProtocolError);
    }

    [TestMethod]
    public async Task More_credit_than_can_be_ends_the_session()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.SendAsync(RawClient.Frame(FrameKind.Credit, 0, [], Encode(int.MaxValue)));
        await AssertEndedAsync(host, client, ErrorCodes.CreditViolation, WebSocketCloseStatus.ProtocolError);
    }

    [TestMethod]
    public async Task Stream_id_that_was_used_ends_the_session()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await AssertAliveAsync(client, 1);
        await client.CallAsync(1, ITestContract.EchoMethod);
        await AssertEndedAsync(host, client, ErrorCodes.InvalidStreamId, WebSocketCloseStatus.ProtocolError);
    }

    [TestMethod]
    [DataRow(2UL)]
    [DataRow(0UL)]
    public async Task Stream_id_of_the_wrong_side_ends_the_session(ulong id)
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.CallAsync(id, ITestContract.EchoMethod);
        await AssertEndedAsync(host, client, ErrorCodes.InvalidStreamId, WebSocketCloseStatus.ProtocolError);
    }

    [TestMethod]
    public async Task Text_message_ends_the_session()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.Socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await AssertEndedAsync(host, client, ErrorCodes.ProtocolError, WebSocketCloseStatus.ProtocolError);
    }

    [TestMethod]
    public async Task Second_hello_ends_the_session()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.SendAsync(ControlFrames.Write(new Hello()));
        await AssertEndedAsync(host, client, ErrorCodes.ProtocolError, WebSocketCloseStatus.ProtocolError);
    }

    [TestMethod]
    public async Task Acknowledgement_of_what_was_never_sent_ends_the_session()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.SendAsync(FrameWriter.Create(FrameKind.Ack, 1000));
        await AssertEndedAsync(host, client, ErrorCodes.ProtocolError, WebSocketCloseStatus.ProtocolError);
    }

    [TestMethod]
    public async Task Unknown_frame_is_passed_over_if_it_says_so()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync();
        await client.SendAsync(FrameWriter.Create((FrameKind)30, [1, 2, 3], FrameFlags.Ignorable));
        await AssertAliveAsync(client, 1);
        await client.SendAsync(FrameWriter.Create((FrameKind)30, [1, 2, 3]));
        await AssertEndedAsync(host, client, ErrorCodes.ProtocolError, WebSocketCloseStatus.ProtocolError);
    }

    [TestMethod]
    public async Task Message_over_the_limit_fails_the_call_alone()
    {
        await using var host = new MemoryHost(options => options.Limits.MaxMessage = 100_000);
        using var client = await host.OpenAsync();
        var total = Encode(100_001);
        await client.SendAsync(RawClient.Frame(FrameKind.Open, 1, [.. RawClient.Open(ITestContract.EchoMethod), .. total], new byte[1000], FrameFlags.More));
        Assert.AreEqual(ErrorCodes.MessageTooLarge, (await client.ReadAsync()).Error.Code);
        await AssertAliveAsync(client, 3);
    }

    [TestMethod]
    public async Task Thousands_of_streams_are_refused_beyond_the_limit()
    {
        await using var host = new MemoryHost(options => options.Limits.MaxStreams = 1000);
        using var client = await host.OpenAsync();
        for (var number = 0UL; number < 3000; number++)
        {
            await client.CallAsync(1 + (2 * number), ITestContract.WaitMethod);
        }

        for (var number = 0; number < 2000; number++)
        {
            var error = (await client.ReadAsync()).Error;
            Assert.AreEqual(ErrorCodes.ResourceExhausted, error.Code);
            Assert.IsTrue(error.Retryable);
        }

        Assert.AreEqual(1000, host.Server.Registry.Sessions.Single().Session.OpenStreams);
    }

    private static byte[] Encode(int value)
    {
        var bytes = new byte[Varint.Length((ulong)value)];
        Varint.Write(bytes, (ulong)value);
        return bytes;
    }

    private static async Task AssertAliveAsync(RawClient client, ulong id)
    {
        await client.CallAsync(id, ITestContract.EchoMethod, "\"alive\"");
        var answer = await client.ReadAsync();
        Assert.AreEqual(FrameKind.Item, answer.Kind, Encoding.UTF8.GetString(answer.Body));
        Assert.AreEqual("\"alive\"", answer.Text);
    }

    private static async Task AssertEndedAsync(MemoryHost host, RawClient client, string code, WebSocketCloseStatus status)
    {
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(code, goAway.Code);
        Assert.AreEqual(Verdict.Reconnect, goAway.Verdict);
        Assert.AreEqual(status, client.Socket.CloseStatus);
        await host.Accepted;
        Assert.AreEqual(0, host.Server.Registry.Count);
    }
}
