using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Simulation;

/// <summary>One end of the session with the connection that it is attached to, as a peer around the session would be.</summary>
internal abstract class SimEndpoint : ISessionEvents
{
    private bool _output;
    private bool _sending;
    private ReadOnlyMemory<byte> _message;

    protected SimEndpoint(SimWorld world, SessionSide side, SessionOptions options, SessionOptions remote)
    {
        World = world;
        Options = options;
        Session = new Session(side, options, remote.Limits, this);
    }

    public Session Session { get; }

    public SessionOptions Options { get; }

    public SimConnection? Connection { get; private set; }

    /// <summary>Whether this end had to give the session up, which is the one reason for which it may be lost.</summary>
    public bool GaveUp { get; set; }

    public bool HasOutput => Connection is not null && (_output || _sending);

    protected SimWorld World { get; }

    /// <summary>Half a turn of the writer: takes a message, or hands the one taken to the connection, so that other things happen in between.</summary>
    public void Write()
    {
        if (_sending)
        {
            Outgoing(Connection!).Write(_message.Span);
            _sending = false;
            Session.Taken();
        }
        else if (_output)
        {
            _output = false;
            _sending = Session.TryTake(World.Now, out _message);
            _output |= _sending;
        }
    }

    /// <summary>Takes in what has arrived on a connection.</summary>
    public void Read(SimConnection connection)
    {
        var pipe = Incoming(connection);
        if (HasLeft(connection))
        {
            pipe.TakeIn(pipe.Arrived.Length);
            return;
        }

        if (!IsGreeted(connection) && FrameReader.TryRead(pipe.Arrived, out var frame))
        {
            pipe.TakeIn(frame.Length);
            Greet(connection, frame);
        }

        if (Connection == connection)
        {
            Receive(connection, pipe);
        }

        if (pipe.IsOver)
        {
            Leave(connection);
        }
    }

    /// <summary>Turns away from a connection, whether it still lives or not.</summary>
    public void Leave(SimConnection connection)
    {
        if (HasLeft(connection))
        {
            return;
        }

        if (Connection == connection)
        {
            if (_sending)
            {
                Outgoing(connection).Write(_message.Span[..World.Random.Next(_message.Length + 1)]);
            }

            _sending = _output = false;
            Connection = null;
            Session.Detach();
        }

        SetLeft(connection);
        connection.Cut(World.Random);
    }

    public void Tick()
    {
        if (!Session.Tick(World.Now) && Connection is { } connection)
        {
            Leave(connection);
        }
    }

    void ISessionEvents.OnOutput(bool alone)
    {
        SimFailure.Unless(!_output, "output was signalled twice");
        _output = true;
    }

    SessionStream ISessionEvents.OnOpen(in OpenHeader header) => World.Accept(header);

    void ISessionEvents.OnAuth(Credentials credentials)
    {
    }

    void ISessionEvents.OnAuthResult(AuthResult result)
    {
    }

    void ISessionEvents.OnGoAway(GoAway goAway)
    {
    }

    void ISessionEvents.OnOverflow(LoopException reason)
    {
        GaveUp = true;
        Session.Close(reason);
        if (Connection is { } connection)
        {
            Leave(connection);
        }
    }

    private void Receive(SimConnection connection, SimPipe pipe)
    {
        try
        {
            var taken = Session.Receive(pipe.Arrived, World.Now);
            pipe.TakeIn(taken);
            ReadyWorkProbe.EndBatch(Session);
            OnRead(connection, taken);
        }
        catch (LoopException) when (Session.Closed is not null)
        {
            Leave(connection);
        }
    }

    protected void Attach(SimConnection connection, ulong peerReceived)
    {
        Connection = connection;
        _output = _sending = false;
        Session.Attach(peerReceived, World.Now);
    }

    protected abstract SimPipe Incoming(SimConnection connection);

    protected abstract SimPipe Outgoing(SimConnection connection);

    protected abstract bool IsGreeted(SimConnection connection);

    protected abstract void Greet(SimConnection connection, in Frame frame);

    protected abstract bool HasLeft(SimConnection connection);

    protected abstract void SetLeft(SimConnection connection);

    protected virtual void OnRead(SimConnection connection, int taken)
    {
    }
}
