using Loop.Sdk.Feeds;
using Loop.Sdk.Frames;
using Loop.Sdk.Harness;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Simulation;

/// <summary>What there is in one schedule: two ends, the connections between them, the streams, and the time.</summary>
internal sealed class SimWorld : IDisposable
{
    private readonly List<SimConnection> _connections = [];
    private readonly List<ISimActor> _actors = [];
    private readonly List<Func<SessionStream>> _acceptors = [];

    public SimWorld(long seed)
    {
        Random = new SeededRandom(seed);
        var client = SimOptions.Draw(Random);
        var server = SimOptions.Draw(Random);
        Client = new SimClient(this, client, server);
        Server = new SimServer(this, server, client);
    }

    public SeededRandom Random { get; }

    public SimClient Client { get; }

    public SimServer Server { get; }

    public long Now { get; private set; } = 1;

    public IReadOnlyList<ISimActor> Actors => _actors;

    public static OpenHeader HeaderOf(int number, long deadlineMs) => new() { ServiceId = 1, Method = number, DeadlineMs = deadlineMs };

    public void Pass(long milliseconds) => Now += milliseconds;

    public SimConnection Dial()
    {
        var connection = new SimConnection();
        _connections.Add(connection);
        return connection;
    }

    public SimConnection? AnyConnection() => _connections.Count == 0 ? null : _connections[Random.Next(_connections.Count)];

    /// <summary>Lets some of what is under way arrive. False if nothing did.</summary>
    public bool Deliver(SimConnection connection, bool toServer, bool all)
    {
        var pipe = toServer ? connection.ToServer : connection.ToClient;
        SimEndpoint receiver = toServer ? Server : Client;
        var count = all || Random.Chance(50) ? pipe.InFlight : Random.Next(Math.Min(pipe.InFlight, 3000) + 1);
        var news = count > 0 || pipe.IsOver;
        pipe.Arrive(count);
        receiver.Read(connection);
        if (connection.IsDone)
        {
            _connections.Remove(connection);
            connection.Dispose();
        }

        return news;
    }

    /// <summary>Moves everything that can move at once over the link. False if nothing could.</summary>
    public bool Exchange()
    {
        var moved = false;
        if (Client.Connection is null && Client.Attempt is null && Client.Session.Closed is null)
        {
            Client.Connect();
            moved = true;
        }

        foreach (SimEndpoint endpoint in (ReadOnlySpan<SimEndpoint>)[Client, Server])
        {
            while (endpoint.HasOutput)
            {
                endpoint.Write();
                moved = true;
            }
        }

        for (var index = _connections.Count - 1; index >= 0; index--)
        {
            var connection = _connections[index];
            moved |= Deliver(connection, toServer: true, all: true);
            if (_connections.Count > index && _connections[index] == connection)
            {
                moved |= Deliver(connection, toServer: false, all: true);
            }
        }

        return moved;
    }

    public void StartCall()
    {
        SimEndpoint opener = Random.Chance(70) ? Client : Server;
        if (opener.Session.Closed is not null)
        {
            return;
        }

        var call = new SimCall(_acceptors.Count, Random);
        var stream = new SimStream(this, call, isOpener: true);
        _acceptors.Add(() => AcceptCall(call));
        _actors.Add(stream);
        stream.Open(opener.Session, Random);
    }

    public void StartPush()
    {
        if (Client.Session.Closed is not null)
        {
            return;
        }

        var policy = Random.Pick<SlowConsumerPolicy?>([SlowConsumerPolicy.Reliable, SlowConsumerPolicy.Latest, null]);
        var total = Random.Between(1, 60);
        var header = HeaderOf(_acceptors.Count, deadlineMs: 0);
        _acceptors.Add(() => Joined(new SimPush(policy, total)));
        Client.Session.Open(Joined(new SimPushSink(policy, total)), header, default, end: true, borrow: false);
    }

    public SessionStream Accept(in OpenHeader header) => _acceptors[header.Method]();

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private SimStream AcceptCall(SimCall call)
    {
        SimFailure.Unless(!call.IsAccepted, "a stream was opened twice");
        call.IsAccepted = true;
        if (call.IsRefused)
        {
            call.IsAborted = true;
            throw new LoopException("refused", "Not this one.");
        }

        return Joined(new SimStream(this, call, isOpener: false));
    }

    private T Joined<T>(T actor)
        where T : SessionStream, ISimActor
    {
        _actors.Add(actor);
        return actor;
    }
}
