using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Handshake;

[TestClass]
public sealed class ControlFramesTests
{
    [TestMethod]
    public void Hello_comes_back_when_it_is_written_and_read() =>
        Prop.ForAll<NonNull<string>[], NonNull<string>, uint>((names, token, received) =>
        {
            var hello = new Hello
            {
                Features = [.. names.Select(static name => name.Get).Take(64)],
                Services = [.. names.Select(static name => name.Get).Take(256)],
                Credentials = new Credentials("bearer", token.Get),
                Limits = new PeerLimits { MaxMessage = 1 + (int)(received >> 1) },
                Resume = received % 2 == 0 ? new ResumeRequest("s", "x", received) : null,
            };
            var read = ControlFrames.ReadHello(Body(ControlFrames.Write(hello)));
            return read.Features.SequenceEqual(hello.Features)
                && read.Services.SequenceEqual(hello.Services)
                && (read.Credentials, read.Limits, read.Resume) == (hello.Credentials, hello.Limits, hello.Resume);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Welcome_comes_back_when_it_is_written_and_read()
    {
        var welcome = new Welcome { Session = "s", Secret = "x", Services = new Dictionary<string, int> { ["a/1"] = 1 }, Resumed = true, Received = 7, ExpiresInMs = 9 };
        var read = ControlFrames.ReadWelcome(Body(ControlFrames.Write(welcome)));
        Assert.AreEqual(1, read.Services["a/1"]);
        Assert.AreEqual(("s", "x", true, 7UL, 9L), (read.Session, read.Secret, read.Resumed, read.Received, read.ExpiresInMs!.Value));
    }

    [TestMethod]
    public void Hello_with_nothing_has_the_defaults()
    {
        var hello = ControlFrames.ReadHello("{\"later\":1}"u8);
        Assert.AreEqual(new PeerLimits(), hello.Limits);
        Assert.IsNull(hello.Credentials);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{\"features\":null}")]
    [DataRow("{\"features\":[null]}")]
    [DataRow("{\"services\":[null]}")]
    [DataRow("{\"limits\":null}")]
    [DataRow("{\"limits\":{\"streamWindow\":32767}}")]
    [DataRow("{\"limits\":{\"sessionWindow\":65535}}")]
    [DataRow("{\"limits\":{\"maxMessage\":0}}")]
    [DataRow("{\"limits\":{\"maxStreams\":0}}")]
    [DataRow("{\"limits\":{\"ackBytes\":0}}")]
    [DataRow("{\"limits\":{\"ackBytes\":5000000000}}")]
    [DataRow("{\"credentials\":{\"scheme\":\"bearer\"}}")]
    [DataRow("{\"credentials\":{\"scheme\":\"bearer\",\"token\":null}}")]
    [DataRow("{\"resume\":{\"session\":\"s\",\"secret\":\"x\"}}")]
    [DataRow("{\"resume\":{\"session\":\"\",\"secret\":\"x\",\"received\":0}}")]
    [DataRow("{\"resume\":{\"session\":\"s\",\"secret\":\"x\",\"received\":-1}}")]
    [DataRow("{\"resume\":{\"session\":\"s\",\"secret\":\"x\",\"received\":4611686018427387904}}")]
    public void Hello_is_invalid_when_it_asks_for_the_impossible(string json) => AssertFails(ErrorCodes.InvalidHello, json, static body => ControlFrames.ReadHello(body));

    [TestMethod]
    public void Hello_is_invalid_when_it_names_too_much()
    {
        AssertFails(ErrorCodes.InvalidHello, $"{{\"features\":[{string.Join(',', Enumerable.Repeat("\"\"", 65))}]}}", static body => ControlFrames.ReadHello(body));
        AssertFails(ErrorCodes.InvalidHello, $"{{\"services\":[{string.Join(',', Enumerable.Repeat("\"\"", 257))}]}}", static body => ControlFrames.ReadHello(body));
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("{\"session\":\"\"}")]
    [DataRow("{\"session\":\"s\",\"keepAliveMs\":99}")]
    [DataRow("{\"session\":\"s\",\"resumeWindowMs\":-1}")]
    [DataRow("{\"session\":\"s\",\"services\":null}")]
    [DataRow("{\"session\":\"s\",\"limits\":{\"streamWindow\":1}}")]
    public void Welcome_breaks_the_protocol_when_it_cannot_be(string json) => AssertFails(ErrorCodes.ProtocolError, json, static body => ControlFrames.ReadWelcome(body));

    [TestMethod]
    [DataRow("{\"code\":\"x\"}")]
    [DataRow("{\"code\":\"\",\"verdict\":\"stop\"}")]
    [DataRow("{\"code\":\"x\",\"verdict\":\"later\"}")]
    [DataRow("{\"code\":\"x\",\"verdict\":7}")]
    [DataRow("{\"code\":\"x\",\"verdict\":\"stop\",\"retryAfterMs\":-1}")]
    public void GoAway_breaks_the_protocol_when_it_says_nothing_that_can_be_done(string json) =>
        AssertFails(ErrorCodes.ProtocolError, json, static body => ControlFrames.ReadGoAway(body));

    [TestMethod]
    public void Control_frame_is_refused_by_its_sender_when_the_peer_could_not_take_it()
    {
        var error = Assert.ThrowsExactly<LoopException>(() => ControlFrames.Write(Credentials.Bearer(new string('t', FrameLimits.MaxBody))));
        Assert.AreEqual(ErrorCodes.FrameTooLarge, error.Code);
    }

    [TestMethod]
    public void Secrets_stay_out_of_texts()
    {
        Assert.IsFalse($"{Credentials.Bearer("t0p")} {new ResumeRequest("s", "t0p", 1)} {new Welcome { Session = "s", Secret = "t0p" }}".Contains("t0p", StringComparison.Ordinal));
    }

    private static byte[] Body(byte[] bytes)
    {
        Assert.IsTrue(FrameReader.TryRead(bytes, out var frame));
        return frame.Body.ToArray();
    }

    private static void AssertFails(string code, string json, Action<byte[]> read) =>
        Assert.AreEqual(code, Assert.ThrowsExactly<LoopException>(() => read(Encoding.UTF8.GetBytes(json))).Code);
}
