using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Simulation;

/// <summary>The client's part of connecting: one attempt at a time, with what it last learnt.</summary>
internal sealed class SimClient(SimWorld world, SessionOptions options, SessionOptions remote) : SimEndpoint(world, SessionSide.Client, options, remote)
{
    private string _secret = SimServer.FirstSecret;

    /// <summary>The connection whose welcome the client waits for.</summary>
    public SimConnection? Attempt { get; private set; }

    /// <summary>Starts an attempt, in the place of whatever connection or attempt there was.</summary>
    public void Connect()
    {
        if (Session.Closed is not null)
        {
            return;
        }

        if ((Connection ?? Attempt) is { } old)
        {
            Leave(old);
        }

        Attempt = World.Dial();
        var resume = new ResumeRequest(SimServer.SessionId, _secret, Session.Received);
        Attempt.ToServer.Write(ControlFrames.Write(new Hello { Limits = Options.Limits, Resume = resume }));
    }

    protected override void Greet(SimConnection connection, in Frame frame)
    {
        Attempt = null;
        if (frame.Kind == FrameKind.GoAway || Session.Closed is not null)
        {
            Session.Close(new LoopException(ErrorCodes.SessionLost, "The session cannot be resumed."));
            Leave(connection);
            return;
        }

        var welcome = ControlFrames.ReadWelcome(frame.Body);
        SimFailure.Unless(Session.CanResumeFrom(welcome.Received), "the server received what the client no longer has");
        connection.ClientGreeted = true;
        _secret = welcome.Secret!;
        Attach(connection, welcome.Received);
    }

    protected override SimPipe Incoming(SimConnection connection) => connection.ToClient;

    protected override SimPipe Outgoing(SimConnection connection) => connection.ToServer;

    protected override bool IsGreeted(SimConnection connection) => connection.ClientGreeted;

    protected override bool HasLeft(SimConnection connection) => connection.ClientLeft;

    protected override void SetLeft(SimConnection connection)
    {
        connection.ClientLeft = true;
        if (Attempt == connection)
        {
            Attempt = null;
        }
    }
}
