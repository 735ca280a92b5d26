using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Simulation;

/// <summary>The server's part of connecting: which hello may go on with the session, and what it fences.</summary>
internal sealed class SimServer(SimWorld world, SessionOptions options, SessionOptions remote) : SimEndpoint(world, SessionSide.Server, options, remote)
{
    public const string SessionId = "session";
    public const string FirstSecret = "secret-0";

    private string _secret = FirstSecret;
    private string? _previous;
    private int _secrets;

    /// <summary>The session was kept long enough.</summary>
    public void Expire()
    {
        GaveUp = true;
        Session.Close(new LoopException(ErrorCodes.SessionLost, "The session expired."));
        if (Connection is { } connection)
        {
            Leave(connection);
        }
    }

    protected override void Greet(SimConnection connection, in Frame frame)
    {
        SimFailure.Unless(frame.Kind == FrameKind.Hello, "the first frame is no hello");
        var resume = ControlFrames.ReadHello(frame.Body).Resume!;
        var known = resume.Session == SessionId && (resume.Secret == _secret || resume.Secret == _previous);
        if (!known || !Session.CanResumeFrom(resume.Received))
        {
            connection.ToClient.Write(ControlFrames.Write(new GoAway(ErrorCodes.ResumeRefused, Verdict.Reconnect)));
            Leave(connection);
            return;
        }

        // Whoever presents the previous secret lost the welcome with the current one, and gets the same again: another attempt may have got it.
        if (resume.Secret == _secret)
        {
            _previous = _secret;
            _secret = $"secret-{++_secrets}";
        }

        if (Connection is { } fenced)
        {
            Leave(fenced);
        }

        connection.ServerGreeted = true;
        var welcome = new Welcome { Session = SessionId, Secret = _secret, Limits = Options.Limits, Resumed = true, Received = Session.Received };
        connection.ToClient.Write(ControlFrames.Write(welcome));
        Attach(connection, resume.Received);
    }

    protected override void OnRead(SimConnection connection, int taken)
    {
        if (taken > 0)
        {
            _previous = null;
        }
    }

    protected override SimPipe Incoming(SimConnection connection) => connection.ToServer;

    protected override SimPipe Outgoing(SimConnection connection) => connection.ToClient;

    protected override bool IsGreeted(SimConnection connection) => connection.ServerGreeted;

    protected override bool HasLeft(SimConnection connection) => connection.ServerLeft;

    protected override void SetLeft(SimConnection connection) => connection.ServerLeft = true;
}
