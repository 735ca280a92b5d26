using System.Net.WebSockets;
using System.Text;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Server.Tests.Harness;

namespace Loop.Sdk.Server.Tests.Channel;

[TestClass]
public sealed class HandshakeTests
{
    [TestMethod]
    public async Task Welcome_names_the_session_and_the_wanted_services()
    {
        await using var host = new MemoryHost();
        using var client = await host.OpenAsync(new Hello { Services = [ITestContract.Name, "test.none/1"] });
        var welcome = client.Welcome;
        Assert.AreEqual(22, welcome.Session.Length);
        Assert.AreEqual(43, welcome.Secret!.Length);
        Assert.AreEqual(1, welcome.Services.Count);
        Assert.AreEqual(1, welcome.Services[ITestContract.Name]);
        Assert.AreEqual(15_000, welcome.KeepAliveMs);
        Assert.AreEqual(120_000, welcome.ResumeWindowMs);
        Assert.IsFalse(welcome.Resumed);
        Assert.IsNull(welcome.ExpiresInMs);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("{\"limits\":{\"maxStreams\":7},\"unknown\":[1]}")]
    public async Task Hello_may_leave_out_what_has_a_default(string json)
    {
        await using var host = new MemoryHost();
        using var client = host.Connect();
        await client.SendAsync(FrameWriter.Create(FrameKind.Hello, Encoding.UTF8.GetBytes(json)));
        Assert.AreEqual(FrameKind.Welcome, (await client.ReadAsync()).Kind);
    }

    [TestMethod]
    public async Task Silence_is_refused_when_the_hello_is_too_late()
    {
        await using var host = new MemoryHost();
        using var client = host.Connect();
        host.Time.Advance(TimeSpan.FromSeconds(5));
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.HelloExpected, goAway.Code);
        Assert.AreEqual(Verdict.Reconnect, goAway.Verdict);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await host.Accepted;
        Assert.AreEqual(0, host.Server.Registry.Count);
    }

    [TestMethod]
    public async Task Bytes_that_trickle_in_do_not_move_the_deadline()
    {
        await using var host = new MemoryHost();
        using var client = host.Connect();
        var hello = ControlFrames.Write(new Hello());
        for (var index = 0; index < 4; index++)
        {
            await client.SendAsync(hello[index]);
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(ErrorCodes.HelloExpected, (await client.ReadGoAwayAsync()).Code);
    }

    [TestMethod]
    public async Task Hello_that_announces_too_much_is_refused_before_it_is_there()
    {
        await using var host = new MemoryHost();
        using var client = host.Connect();
        await client.SendAsync((byte)FrameKind.Hello, 0xFF, 0xFF, 0x7F);
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.FrameTooLarge, goAway.Code);
        Assert.AreEqual(Verdict.Stop, goAway.Verdict);
        Assert.AreEqual(WebSocketCloseStatus.MessageTooBig, client.Socket.CloseStatus);
    }

    [TestMethod]
    public async Task Other_first_frames_are_refused()
    {
        await using var host = new MemoryHost();
        using var client = host.Connect();
        await client.CallAsync(1, ITestContract.EchoMethod);
        Assert.AreEqual(ErrorCodes.HelloExpected, (await client.ReadGoAwayAsync()).Code);
        Assert.AreEqual(WebSocketCloseStatus.ProtocolError, client.Socket.CloseStatus);
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("{\"services\":null}")]
    [DataRow("{\"limits\":{\"streamWindow\":1}}")]
    [DataRow("{\"resume\":{\"session\":\"\",\"secret\":\"x\",\"received\":0}}")]
    public async Task Hello_that_cannot_be_read_is_refused(string json)
    {
        await using var host = new MemoryHost();
        using var client = host.Connect();
        await client.SendAsync(FrameWriter.Create(FrameKind.Hello, Encoding.UTF8.GetBytes(json)));
        var goAway = await client.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.InvalidHello, goAway.Code);
        Assert.AreEqual(Verdict.Stop, goAway.Verdict);
    }

    [TestMethod]
    public async Task Text_instead_of_a_hello_is_refused()
    {
        await using var host = new MemoryHost();
        using var client = host.Connect();
        await client.Socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        Assert.AreEqual(ErrorCodes.ProtocolError, (await client.ReadGoAwayAsync()).Code);
    }

    [TestMethod]
    public async Task Connection_that_is_cut_before_its_hello_leaves_nothing()
    {
        await using var host = new MemoryHost();
        using var client = host.Connect();
        client.Cut();
        await host.Accepted;
        Assert.AreEqual(0, host.Server.Registry.Count);
    }

    [TestMethod]
    public async Task Server_that_is_full_refuses_for_now()
    {
        await using var host = new MemoryHost(options => options.Limits.MaxSessions = 1);
        using var first = await host.OpenAsync();
        using var second = host.Connect();
        await second.SendAsync(ControlFrames.Write(new Hello()));
        var goAway = await second.ReadGoAwayAsync();
        Assert.AreEqual(ErrorCodes.ResourceExhausted, goAway.Code);
        Assert.AreEqual(Verdict.Reconnect, goAway.Verdict);
    }
}
