using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Harness;

/// <summary>One end of a session, attached, with everything that it was told. Output is taken by hand or by a <see cref="TestPair"/>.</summary>
internal sealed class TestPeer : ISessionEvents
{
    public TestPeer(SessionSide side, SessionOptions? options = null, PeerLimits? remote = null)
    {
        Options = options ?? new();
        Session = new Session(side, Options, remote ?? new(), this);
        Session.Attach(0, Now);
    }

    public static OpenHeader Header { get; } = new() { ServiceId = 1, Method = 1 };

    public Session Session { get; }

    public SessionOptions Options { get; }

    public long Now { get; set; } = 1;

    public List<TestStream> Accepted { get; } = [];

    public Func<TestStream> Accept { get; set; } = static () => new TestStream();

    public List<OpenHeader> Headers { get; } = [];

    public List<Credentials> Auths { get; } = [];

    public List<AuthResult> AuthResults { get; } = [];

    public List<GoAway> GoAways { get; } = [];

    public LoopException? Overflow { get; private set; }

    public bool HasOutput { get; private set; }

    public TestStream Open(ReadOnlyMemory<byte> payload = default, bool end = false, TestStream? stream = null)
    {
        stream ??= new TestStream();
        Session.Open(stream, Header, payload, end, borrow: false);
        return stream;
    }

    /// <summary>Gives all output, as one run of bytes, but only if it was signalled.</summary>
    public byte[] TakeAll()
    {
        var bytes = new List<byte>();
        while (HasOutput)
        {
            HasOutput = false;
            while (Session.TryTake(Now, out var message))
            {
                bytes.AddRange(message.Span);
                Session.Taken();
            }
        }

        return [.. bytes];
    }

    /// <summary>Gives all output as frames.</summary>
    public List<WireFrame> TakeFrames() => WireFrame.Parse(TakeAll());

    public void Receive(params byte[][] frames)
    {
        foreach (var frame in frames)
        {
            Assert.AreEqual(frame.Length, Session.Receive(frame, Now));
        }

        ReadyWorkProbe.EndBatch(Session);
    }

    /// <summary>Expects the session to be ended by the peer's frames, with this code.</summary>
    public void ReceiveBroken(string code, params byte[][] frames)
    {
        var error = Assert.ThrowsExactly<LoopException>(() => Receive(frames));
        Assert.AreEqual(code, error.Code, error.Message);
    }

    void ISessionEvents.OnOutput(bool alone)
    {
        Assert.IsFalse(HasOutput, "Output is signalled once.");
        HasOutput = true;
    }

    SessionStream ISessionEvents.OnOpen(in OpenHeader header)
    {
        Headers.Add(header);
        var stream = Accept();
        Accepted.Add(stream);
        return stream;
    }

    void ISessionEvents.OnAuth(Credentials credentials) => Auths.Add(credentials);

    void ISessionEvents.OnAuthResult(AuthResult result) => AuthResults.Add(result);

    void ISessionEvents.OnGoAway(GoAway goAway) => GoAways.Add(goAway);

    void ISessionEvents.OnOverflow(LoopException reason)
    {
        Overflow = reason;
        Session.Close(reason);
    }
}
