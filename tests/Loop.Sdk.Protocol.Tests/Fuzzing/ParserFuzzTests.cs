using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Fuzzing;

[TestClass]
public sealed class ParserFuzzTests
{
    private const int Inputs = 30_000;

    private static readonly byte[][] Headers =
    [
        HeaderBytes(new OpenHeader { ServiceId = 3, Method = 2, DeadlineMs = 5000 }),
        HeaderBytes(new OpenHeader { ServiceName = "app.chat/1", Method = 700, TraceParent = "00-1-2-01", IdempotencyKey = "abc" }),
    ];

    private static readonly byte[][] Controls =
    [
        ControlFrames.Write(new Hello { Features = ["a"], Services = ["x/1"], Credentials = Credentials.Bearer("t"), Resume = new ResumeRequest("s", "k", 5) })[2..],
        ControlFrames.Write(new Welcome { Session = "s", Secret = "k", Services = new Dictionary<string, int> { ["x/1"] = 1 } })[2..],
        ControlFrames.Write(new GoAway(ErrorCodes.Draining, Verdict.Resume) { RetryAfterMs = 100 })[2..],
        ControlFrames.Write(Credentials.Bearer("token"))[2..],
        ControlFrames.Write(new AuthResult { Accepted = true, ExpiresInMs = 1000 })[2..],
        """{"code":"x","message":"y","retryable":true,"details":{"a":[1,2]}}"""u8.ToArray(),
    ];

    [TestMethod]
    public void Frames_are_read_or_refused_whatever_comes() => FuzzRun.Run(Inputs, static random =>
    {
        var bytes = Mutator.Mutate([.. FrameWriter.Create(FrameKind.Item, new byte[random.Next(300)]), .. FrameWriter.Create(FrameKind.Ack, 1UL << random.Next(62))], random);
        ReadOnlySpan<byte> rest = bytes;
        while (FrameReader.TryRead(rest, out var frame))
        {
            Assert.IsTrue(frame.Length is >= 2 and <= FrameLimits.MaxFrame);
            rest = rest[frame.Length..];
            var body = frame.Body;
            FrameReader.TakeVarint(ref body);
        }
    });

    [TestMethod]
    public void Open_headers_are_read_or_refused_whatever_comes() => FuzzRun.Run(Inputs, static random =>
    {
        ReadOnlySpan<byte> body = Mutator.Mutate(random.Pick<byte[]>(Headers), random);
        var header = OpenHeader.Read(ref body);
        Assert.IsTrue(header.DeadlineMs >= 0 && header.Method <= ushort.MaxValue);

        // What was read can be written.
        Assert.AreEqual(header.Size, header.Write(new byte[header.Size]));
    });

    [TestMethod]
    public void Control_frames_are_read_or_refused_whatever_comes() => FuzzRun.Run(Inputs, static random =>
    {
        var which = random.Next(Controls.Length);
        var body = Mutator.Mutate(Controls[which], random);
        _ = which switch
        {
            0 => ControlFrames.ReadHello(body),
            1 => ControlFrames.ReadWelcome(body),
            2 => ControlFrames.ReadGoAway(body),
            3 => ControlFrames.Read(body, ControlJson.Default.Credentials),
            4 => ControlFrames.Read(body, ControlJson.Default.AuthResult),
            _ => (object)ControlFrames.Read(body, ControlJson.Default.ErrorBody).ToException(),
        };
    });

    [TestMethod]
    public void Hellos_and_welcomes_are_read_as_the_serializer_reads_them() => FuzzRun.Run(Inputs, static random =>
    {
        var which = random.Next(2);
        var body = Mutator.Mutate(Controls[which], random);
        var (written, expected) = which == 0
            ? (ControlFrames.Write(ControlFrames.ReadHello(body)), ControlFrames.Write(ControlFrames.Read(body, ControlJson.Default.Hello)))
            : (ControlFrames.Write(ControlFrames.ReadWelcome(body)), ControlFrames.Write(ControlFrames.Read(body, ControlJson.Default.Welcome)));
        CollectionAssert.AreEqual(expected, written);
    });

    [TestMethod]
    public void Feed_payloads_are_read_or_refused_whatever_comes() => FuzzRun.Run(Inputs, static random =>
    {
        var sound = new byte[random.Next(20)];
        random.Fill(sound);
        ReadOnlySpan<byte> request = Mutator.Mutate([(byte)random.Next(3), .. sound], random);
        if (random.Chance(50))
        {
            FeedWire.TakeRequestPosition(ref request);
        }
        else
        {
            Assert.IsTrue(FeedWire.Decode(request, 1, PayloadCodec.Raw, PayloadCodec.Raw).Position.Offset >= 0);
        }
    });

    private static byte[] HeaderBytes(OpenHeader header)
    {
        var bytes = new byte[header.Size];
        header.Write(bytes);
        return bytes;
    }
}
